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

    /**
     * Returns where a character of a text stands that is the value of a path, such as a word of a query over several lines.
     *
     * @param text the value
     * @param offset of the character in it, from 0
     * @return empty where the text does not stand in the file as it is, as it may be put together from parts, or there is no file
     */
    public Optional<Location> within(String path, String text, int offset) {
        String known = known(path);
        Location place = places.get(known);
        if (place == null || place.line() == 0 || !known.equals(path)) {
            return Optional.empty();
        }
        Location from = place.column() == 0 ? beside(known, place) : place;
        return SourceText.ofFile(from.file()).flatMap(file -> new WrittenValue(file, text)
                .find(valueOf(known, file, from), offset)
                .map(found -> Lines.of(file).place(from.file(), found)));
    }

    /** An element of a list in HOCON knows its line only; the list may begin in the same one. */
    private Location beside(String path, Location place) {
        Location list = places.get(ConfigPath.parent(path));
        return list != null && list.file().equals(place.file()) && list.line() == place.line() ? list : place;
    }

    /** Returns where in the file the value of a path may begin: behind its key. */
    private static int valueOf(String path, String file, Location place) {
        int start = Lines.of(file).offset(place);
        String key = path.substring(ConfigPath.parent(path).length()).replaceFirst("^\\.", "");
        return file.startsWith(key, start) ? start + key.length() : start;
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
