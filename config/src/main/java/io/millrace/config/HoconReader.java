package io.millrace.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads HOCON. Includes are taken relative to the including file, and one that is missing is an error. Precedence: what the caller sets
 * (the command line) over the file; environment variables only where the file names them ({@code ${?NAME}}).
 */
public final class HoconReader {

    private HoconReader() {}

    /**
     * Reads a file.
     *
     * @param file a file in UTF-8; messages name it as it is given here
     * @param overrides path to value, set over the file before substitutions are resolved; a value that starts with <code>{</code> or
     *     <code>[</code> is HOCON, any other is a text
     * @throws MillraceException of kind USER where the file is missing, unreadable, not HOCON, or its includes are missing or cyclic
     */
    public static ConfigDocument read(Path file, Map<String, String> overrides) {
        checkReadable(file);
        return resolved(new Positions(file.toString()), file.toString(), overrides, () -> RelativeIncluder.read(file));
    }

    /**
     * Returns the keys at the root of a file, whose substitutions need not be known.
     *
     * @throws MillraceException of kind USER as {@link #read} does
     */
    public static Set<String> rootKeys(Path file) {
        checkReadable(file);
        try {
            return BoundedReading.read(
                    file.toString(),
                    () -> Set.copyOf(RelativeIncluder.read(file).root().keySet()));
        } catch (ConfigException wrong) {
            throw HoconErrors.explained(file.toString(), wrong);
        }
    }

    private static void checkReadable(Path file) {
        if (!Files.exists(file)) {
            throw MillraceException.user(file + ": no such file");
        }
        if (Files.isDirectory(file)) {
            throw MillraceException.user(file + ": is a directory; name the file that holds the pipegraph");
        }
        if (!Files.isReadable(file)) {
            throw MillraceException.user(file + ": cannot be read; check its permissions");
        }
    }

    /**
     * Reads a text; it cannot include files.
     *
     * @param name what messages call the text
     * @throws MillraceException of kind USER where the text is not HOCON or includes a file
     */
    public static ConfigDocument parse(String name, String text) {
        return parse(name, text, Map.of());
    }

    /**
     * Reads a text; it cannot include files.
     *
     * @param name what messages call the text
     * @param overrides as for {@link #read(Path, Map)}
     * @throws MillraceException of kind USER where the text is not HOCON or includes a file
     */
    public static ConfigDocument parse(String name, String text, Map<String, String> overrides) {
        return resolved(
                new Positions(name, text),
                name,
                overrides,
                () -> parsed(name, text, HoconScan.ofObject(name, text, "")));
    }

    private static Config parsed(String name, String text, HoconOutline outline) {
        new HoconLimits(name).take(outline);
        Config parsed = ConfigFactory.parseString(
                text, ConfigParseOptions.defaults().setOriginDescription(name).setIncluder(new RefusingIncluder(name)));
        outline.refuseJoints();
        return parsed;
    }

    private static ConfigDocument resolved(
            Positions positions, String name, Map<String, String> overrides, Supplier<Config> parser) {
        try {
            return BoundedReading.read(name, () -> document(positions, name, overrides, parser));
        } catch (ConfigException wrong) {
            throw HoconErrors.explained(name, wrong);
        }
    }

    private static ConfigDocument document(
            Positions positions, String name, Map<String, String> overrides, Supplier<Config> parser) {
        Config written = parser.get();
        Config set = ConfigFactory.empty();
        for (Map.Entry<String, String> override : overrides.entrySet()) {
            set = set(override.getKey(), override.getValue()).withFallback(set);
        }
        Config config = set.withFallback(written).resolve();
        HoconExpandedSize.check(name, config.root());
        positions.collect(written.root());
        positions.collectSet(set.root());
        positions.collect(config.root());
        SourceMap sources = positions.sourceMap();
        return new ConfigDocument(ConfigTree.of(config.root(), sources), sources, config);
    }

    /** The messages leave the value out: it may be a secret. */
    private static Config set(String path, String text) {
        String origin = Positions.SET + path;
        try {
            List<String> keys = ConfigUtil.splitPath(path);
            ConfigValue value = value(path, text);
            for (int i = keys.size() - 1; i >= 0; i--) {
                value = ConfigValueFactory.fromMap(Map.of(keys.get(i), value), origin);
            }
            return ((ConfigObject) value).toConfig();
        } catch (ConfigException.BadPath noPath) {
            throw MillraceException.user(origin + ": not a path: " + HoconErrors.withoutPosition(noPath), noPath);
        } catch (ConfigException.Parse notHocon) {
            throw MillraceException.user(origin + ": not HOCON: " + HoconErrors.withoutPosition(notHocon), notHocon);
        }
    }

    /** A value that is no text is set as a file would set it. */
    private static ConfigValue value(String path, String text) {
        String origin = Positions.SET + path;
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return ConfigValueFactory.fromAnyRef(text, origin);
        }
        HoconOutline outline = HoconScan.ofValue(origin, text, path).at(new Location(origin, 0, 0));
        Config parsed = parsed(origin, "value = " + text, outline);
        return Objects.requireNonNull(parsed.root().get("value"), "value");
    }
}
