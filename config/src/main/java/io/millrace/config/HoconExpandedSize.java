package io.millrace.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Objects;

/**
 * What values become once references are written out. A value that is made of another one several times shares it, so that a short text can stand for a
 * tree that no machine could hold: it is counted before anybody walks through it.
 */
final class HoconExpandedSize {

    static final int MOST_VALUES = 500_000;

    private final String name;
    private int values;

    private HoconExpandedSize(String name) {
        this.name = name;
    }

    /**
     * Refuses values that are too many, or nested too deeply.
     *
     * @param name what messages call them
     */
    static void check(String name, ConfigObject root) {
        HoconExpandedSize expansion = new HoconExpandedSize(name);
        root.keySet().stream().sorted().forEach(key -> {
            ConfigValue value = Objects.requireNonNull(root.get(key), key);
            if (!expansion.fits(value, 1)) {
                ConfigOrigin origin = value.origin();
                String file = Objects.requireNonNullElse(Positions.fileOf(origin), name);
                throw refused(
                        new Location(file, Positions.lineOf(origin), 0), ConfigPath.child("", key), HoconScan.TOO_DEEP);
            }
        });
    }

    private boolean fits(ConfigValue value, int depth) {
        if (++values > MOST_VALUES) {
            throw refused(
                    new Location(name, 0, 0),
                    "",
                    "becomes more than " + MOST_VALUES + " values once references are written out;"
                            + " a value that is made several times of another, which is made so too, grows that fast");
        }
        if (depth > HoconScan.DEEPEST) {
            return false;
        }
        if (value instanceof ConfigObject object) {
            return object.keySet().stream()
                    .allMatch(key -> fits(Objects.requireNonNull(object.get(key), key), depth + 1));
        }
        return !(value instanceof ConfigList list) || list.stream().allMatch(element -> fits(element, depth + 1));
    }

    private static MillraceException refused(Location place, String path, String message) {
        return MillraceException.user(List.of(new Problem(place, path, message)));
    }
}
