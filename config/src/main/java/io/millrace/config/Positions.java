package io.millrace.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the places of configuration paths. Typesafe Config keeps the line of every value but no column, so the column is looked for on that
 * line, and left out where the key stands there twice. Values are taken as they are before substitution where that is possible: there a
 * reference still knows where it is used.
 */
final class Positions {

    /** How origins of values from the command line begin. */
    static final String SET = "--set ";

    private static final Pattern MERGED = Pattern.compile("^merge of (.*?)(?:: \\d+(?:-\\d+)?)?,.*$");
    private static final Pattern LINES = Pattern.compile(": \\d+(?:-\\d+)?$");

    private final Map<String, Location> places = new HashMap<>();
    private final Map<String, List<String>> texts = new HashMap<>();

    Positions() {}

    Positions(String name) {
        places.put("", new Location(name, 0, 0));
    }

    Positions(String name, String text) {
        this(name);
        texts.put(name, text.lines().toList());
    }

    /** Collects the places of what is written, or of what only the resolved values have. Places that are known stay. */
    void collect(ConfigObject values) {
        walk("", values, false);
    }

    /** Collects what was set from outside over what is written. */
    void collectSet(ConfigObject values) {
        walk("", values, true);
    }

    SourceMap sourceMap() {
        return new SourceMap(places);
    }

    /** Returns the file an origin speaks of, or null where it does not say. */
    static @Nullable String fileOf(ConfigOrigin origin) {
        String description = origin.description();
        Matcher merged = MERGED.matcher(description);
        String file =
                merged.matches() ? merged.group(1) : LINES.matcher(description).replaceFirst("");
        return file.isBlank() ? null : file;
    }

    private void walk(String path, ConfigObject object, boolean set) {
        try {
            for (String key : object.keySet()) { // its entries would be hashed, with all that is below them
                visit(ConfigPath.child(path, key), key, Objects.requireNonNull(object.get(key), key), set);
            }
        } catch (ConfigException.NotResolved notYet) {
            // An object built from a substitution has no entries before it is resolved; the walk over the resolved
            // values visits them.
            return;
        }
    }

    private void visit(String path, String key, ConfigValue value, boolean set) {
        @Nullable ConfigValueType type = typeOf(value);
        @Nullable Location place = place(value, type, key);
        if (place != null && set && type != ConfigValueType.OBJECT) {
            places.put(path, place);
        } else if (place != null) {
            places.putIfAbsent(path, place);
        }
        if (type == ConfigValueType.OBJECT) {
            walk(path, (ConfigObject) value, set);
        } else if (type == ConfigValueType.LIST) {
            int index = 0;
            for (ConfigValue element : (ConfigList) value) {
                visit(ConfigPath.element(path, index++), "", element, set);
            }
        }
    }

    private static @Nullable ConfigValueType typeOf(ConfigValue value) {
        try {
            return value.valueType();
        } catch (ConfigException.NotResolved notYet) {
            return null;
        }
    }

    private @Nullable Location place(ConfigValue value, @Nullable ConfigValueType type, String key) {
        ConfigOrigin origin = value.origin();
        @Nullable String file = fileOf(origin);
        if (file == null) {
            return null;
        }
        int line = lineOf(origin);
        if (line == 0 || key.isEmpty()) {
            return new Location(file, line, 0);
        }
        int column = column(file, line, key);
        int before = type == ConfigValueType.STRING ? linesBefore(value) : 0;
        if (column == 0 && before > 0 && before < line) {
            // The line of a text in triple quotes is its last one.
            int first = column(file, line - before, key);
            return first == 0 ? new Location(file, line, 0) : new Location(file, line - before, first);
        }
        return new Location(file, line, column);
    }

    private static int linesBefore(ConfigValue text) {
        return (int)
                String.valueOf(text.unwrapped()).chars().filter(c -> c == '\n').count();
    }

    /** Returns the line an origin speaks of; 0 where it does not say, or where the value is from the command line. */
    static int lineOf(ConfigOrigin origin) {
        return origin.description().startsWith(SET) ? 0 : Math.max(0, origin.lineNumber());
    }

    private int column(String file, int line, String key) {
        List<String> text = texts.computeIfAbsent(file, Positions::lines);
        if (line > text.size()) {
            return 0;
        }
        Matcher found = Pattern.compile("(?<![\\p{L}\\p{N}_-])\"?" + Pattern.quote(key) + "\"?\\s*(?:[=:{.]|\\+=)")
                .matcher(text.get(line - 1));
        if (!found.find()) {
            return 0;
        }
        int column = found.start() + 1;
        return found.find() ? 0 : column;
    }

    static List<String> lines(String file) {
        try {
            Path path = Path.of(file);
            return Files.isRegularFile(path) ? Files.readAllLines(path, StandardCharsets.UTF_8) : List.of();
        } catch (IOException | InvalidPathException noText) {
            return List.of(); // columns are a courtesy; the line is known
        }
    }
}
