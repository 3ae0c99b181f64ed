package io.millrace.config;

import java.util.Map;
import java.util.Optional;

/**
 * Says where each configuration path is written. Immutable.
 *
 * @param places path (as {@link ConfigPath} writes it) to place
 */
public record SourceMap(Map<String, Location> places) {

    /** Copies the map. */
    public SourceMap {
        places = Map.copyOf(places);
    }

    /** A source map of values that came from code: knows no place. */
    public static SourceMap none() {
        return new SourceMap(Map.of());
    }

    /** Returns where this very path is written. */
    public Optional<Location> at(String path) {
        return Optional.ofNullable(places.get(path));
    }

    /** Returns where the path is written or, for one that is not (a missing key), the closest path around it. */
    public Optional<Location> nearest(String path) {
        for (String p = path; !p.isEmpty(); p = ConfigPath.parent(p)) {
            Location place = places.get(p);
            if (place != null) {
                return Optional.of(place);
            }
        }
        return at("");
    }
}
