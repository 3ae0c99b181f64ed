package io.millrace.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.HashMap;
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
    private final Map<String, HoconOutline> outlines = new HashMap<>();

    Positions() {}

    Positions(String name) {
        places.put("", new Location(name, 0, 0));
    }

    Positions(String name, String text) {
        this(name);
        outlines.put(name, HoconScan.ofObject(name, text, ""));
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
        if (column == 0 && type == ConfigValueType.STRING) {
            // The line of a text in triple quotes is its last one.
            int first = line - linesBefore(value);
            int found = first > 0 && first < line ? column(file, first, key) : 0;
            return found == 0 ? new Location(file, line, 0) : new Location(file, first, found);
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
        return outlines.computeIfAbsent(file, Positions::outline).column(line, key);
    }

    private static HoconOutline outline(String file) {
        String text = SourceText.ofFile(file).orElse("");
        return HoconScan.ofObject(file, text, "");
    }
}
