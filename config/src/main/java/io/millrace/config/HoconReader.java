package io.millrace.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        if (!Files.exists(file)) {
            throw MillraceException.user(file + ": no such file");
        }
        if (Files.isDirectory(file)) {
            throw MillraceException.user(file + ": is a directory; name the file that holds the pipegraph");
        }
        if (!Files.isReadable(file)) {
            throw MillraceException.user(file + ": cannot be read; check its permissions");
        }
        RelativeIncluder includer = new RelativeIncluder(file);
        ConfigParseOptions options = ConfigParseOptions.defaults()
                .setAllowMissing(false)
                .setOriginDescription(file.toString())
                .setIncluder(includer);
        return resolved(
                new Positions(file.toString()),
                file.toString(),
                overrides,
                () -> ConfigFactory.parseReader(includer.open(file), options));
    }

    /**
     * Reads a text; it cannot include other files by a relative name.
     *
     * @param name what messages call the text
     */
    public static ConfigDocument parse(String name, String text) {
        ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription(name);
        return resolved(new Positions(name, text), name, Map.of(), () -> ConfigFactory.parseString(text, options));
    }

    private static ConfigDocument resolved(
            Positions positions, String name, Map<String, String> overrides, Supplier<Config> parser) {
        try {
            Config written = parser.get();
            Config set = overridden(overrides);
            Config config = set.withFallback(written).resolve();
            positions.collect(written.root(), config.root(), set.root());
            SourceMap sources = positions.sourceMap();
            return new ConfigDocument(ConfigTree.of(config.root(), sources), sources, config);
        } catch (ConfigException wrong) {
            throw explained(name, wrong);
        }
    }

    private static Config overridden(Map<String, String> overrides) {
        Config config = ConfigFactory.empty();
        for (Map.Entry<String, String> override : overrides.entrySet()) {
            String origin = "--set " + override.getKey();
            String value = override.getValue();
            try {
                boolean hocon = value.startsWith("{") || value.startsWith("[");
                config = config.withValue(
                        override.getKey(),
                        hocon
                                ? ConfigFactory.parseString(
                                                "value = " + value,
                                                ConfigParseOptions.defaults().setOriginDescription(origin))
                                        .getValue("value")
                                : ConfigValueFactory.fromAnyRef(value, origin));
            } catch (ConfigException wrong) {
                throw MillraceException.user(
                        origin + "=" + value + ": is not path=value; " + withoutPosition(wrong), wrong);
            }
        }
        return config;
    }

    private static MillraceException explained(String name, ConfigException wrong) {
        if (wrong.getCause() instanceof MillraceException ours) {
            return ours;
        }
        @Nullable ConfigOrigin origin = wrong.origin();
        Location place = origin == null || origin.lineNumber() < 1
                ? new Location(name, 0, 0)
                : new Location(Objects.requireNonNullElse(Positions.fileOf(origin), name), origin.lineNumber(), 0);
        String message = wrong instanceof ConfigException.UnresolvedSubstitution
                ? withoutPosition(wrong) + "; define it in the file, or set it with --set or as an environment variable"
                : "not HOCON: " + withoutPosition(wrong);
        return MillraceException.user(List.of(new Problem(place, "", message)));
    }

    private static String withoutPosition(ConfigException wrong) {
        Matcher position = LEADING_POSITION.matcher(String.valueOf(wrong.getMessage()));
        return position.replaceFirst("");
    }
}
