package io.millrace.config;

import java.util.Map;
import java.util.Optional;

/**
 * Says where each configuration path is written. Immutable.
 *
 * @param places path (as {@link ConfigPath} writes it) to place
 * @param names of a configuration that was made from another text: path to the path that stands there, which is what the user knows
 */
public record SourceMap(Map<String, Location> places, Map<String, String> names) {

    /** Copies the maps. */
    public SourceMap {
        places = Map.copyOf(places);
        names = Map.copyOf(names);
    }

    /** A source map of values that stand in the text as they are. */
    public SourceMap(Map<String, Location> places) {
        this(places, Map.of());
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
        return Optional.ofNullable(places.get(known(path)));
    }

    /** Returns a problem of a path, with its place and with the name that the user knows it by. */
    public Problem problem(String path, String message) {
        String known = known(path);
        return new Problem(places.get(known), names.getOrDefault(known, path), message);
    }

    /** Returns the path or the closest one around it that has a place; the root where none has. */
    private String known(String path) {
        for (String p = path; !p.isEmpty(); p = ConfigPath.parent(p)) {
            if (places.containsKey(p)) {
                return p;
            }
        }
        return "";
    }
}
