package io.millrace.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads HOCON. Includes are taken relative to the including file, and one that is missing is an error. Precedence: what the caller sets
 * (the command line) over the file; environment variables only where the file names them ({@code ${?NAME}}).
 */
public final class HoconReader {

    private static final Pattern LEADING_POSITION = Pattern.compile("^.*?: \\d+(-\\d+)?: ");

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
        return resolved(new Positions(file.toString()), file.toString(), overrides, () -> parsed(file));
    }

    /**
     * Returns the keys at the root of a file, whose substitutions need not be known.
     *
     * @throws MillraceException of kind USER as {@link #read} does
     */
    public static Set<String> rootKeys(Path file) {
        checkReadable(file);
        try {
            return Set.copyOf(parsed(file).root().keySet());
        } catch (ConfigException wrong) {
            throw explained(file.toString(), wrong);
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

    private static Config parsed(Path file) {
        RelativeIncluder includer = new RelativeIncluder(file);
        ConfigParseOptions options = ConfigParseOptions.defaults()
                .setAllowMissing(false)
                .setOriginDescription(file.toString())
                .setIncluder(includer);
        return ConfigFactory.parseReader(includer.open(file), options);
    }

    /**
     * Reads a text; it cannot include files.
     *
     * @param name what messages call the text
     * @throws MillraceException of kind USER where the text is not HOCON or includes a file
     */
    public static ConfigDocument parse(String name, String text) {
        ConfigParseOptions options = textOf(name);
        return resolved(new Positions(name, text), name, Map.of(), () -> ConfigFactory.parseString(text, options));
    }

    private static ConfigDocument resolved(
            Positions positions, String name, Map<String, String> overrides, Supplier<Config> parser) {
        try {
            Config written = parser.get();
            Config set = ConfigFactory.empty();
            for (Map.Entry<String, String> override : overrides.entrySet()) {
                set = set(override.getKey(), override.getValue()).withFallback(set);
            }
            Config config = set.withFallback(written).resolve();
            positions.collect(written.root());
            positions.collectSet(set.root());
            positions.collect(config.root());
            SourceMap sources = positions.sourceMap();
            return new ConfigDocument(ConfigTree.of(config.root(), sources), sources, config);
        } catch (ConfigException wrong) {
            throw explained(name, wrong);
        }
    }

    private static ConfigParseOptions textOf(String name) {
        return ConfigParseOptions.defaults().setOriginDescription(name).setIncluder(new RefusingIncluder(name));
    }

    /** The messages leave the value out: it may be a secret. */
    private static Config set(String path, String text) {
        String origin = Positions.SET + path;
        try {
            List<String> keys = ConfigUtil.splitPath(path);
            ConfigValue value = value(origin, text);
            for (int i = keys.size() - 1; i >= 0; i--) {
                value = ConfigValueFactory.fromMap(Map.of(keys.get(i), value), origin);
            }
            return ((ConfigObject) value).toConfig();
        } catch (ConfigException.BadPath noPath) {
            throw MillraceException.user(origin + ": not a path: " + withoutPosition(noPath), noPath);
        } catch (ConfigException.Parse notHocon) {
            throw MillraceException.user(origin + ": not HOCON: " + withoutPosition(notHocon), notHocon);
        }
    }

    private static ConfigValue value(String origin, String text) {
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return ConfigValueFactory.fromAnyRef(text, origin);
        }
        Config parsed = ConfigFactory.parseString("value = " + text, textOf(origin));
        return Objects.requireNonNull(parsed.root().get("value"), "value");
    }

    private static MillraceException explained(String name, ConfigException wrong) {
        @Nullable ConfigOrigin origin = wrong.origin();
        @Nullable String file = origin == null ? null : Positions.fileOf(origin);
        Location place = origin == null || file == null
                ? new Location(name, 0, 0)
                : new Location(file, Positions.lineOf(origin), 0);
        return MillraceException.user(List.of(new Problem(place, "", reason(wrong))), wrong);
    }

    private static String reason(ConfigException wrong) {
        String message = withoutPosition(wrong);
        if (wrong.getCause() instanceof CharacterCodingException) {
            return "cannot be read: not UTF-8";
        }
        if (wrong instanceof ConfigException.IO) {
            return "cannot be read: " + message;
        }
        if (wrong instanceof ConfigException.UnresolvedSubstitution) {
            return message.contains("part of a cycle")
                    ? message + "; a value cannot be made of itself"
                    : message + "; define it in the file, or set it with --set or as an environment variable";
        }
        return "not HOCON: " + message;
    }

    private static String withoutPosition(ConfigException wrong) {
        Matcher position = LEADING_POSITION.matcher(String.valueOf(wrong.getMessage()));
        return position.replaceFirst("").strip();
    }
}
