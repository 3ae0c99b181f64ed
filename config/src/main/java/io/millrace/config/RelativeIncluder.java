package io.millrace.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;

/**
 * Takes includes relative to the file that includes them; a missing file and a circle of files are errors. (Typesafe Config takes
 * {@code file()} relative to the working directory, and a missing file for an empty one.) Serves the reading of one file.
 */
final class RelativeIncluder implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderClasspath, ConfigIncluderURL {

    private final Deque<Path> open = new ArrayDeque<>();

    RelativeIncluder(Path root) {
        open.addLast(root);
    }

    Reader open(Path file) {
        try {
            return Files.newBufferedReader(file, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + file, failed);
        }
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
        return take(what);
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
        return take(what.getPath());
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
        return ConfigFactory.parseResources(
                        what,
                        ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(this))
                .root();
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
        throw MillraceException.user(
                open.getLast() + ": include url(\"" + what + "\") is not supported; include a file");
    }

    private ConfigObject take(String what) {
        Path including = open.getLast();
        Path file = including.resolveSibling(what).normalize();
        if (open.stream().anyMatch(ancestor -> same(ancestor, file))) {
            String circle = open.stream().map(Path::toString).collect(Collectors.joining(" -> "));
            throw MillraceException.user("includes form a circle: " + circle + " -> " + file);
        }
        if (!Files.isRegularFile(file)) {
            throw MillraceException.user(including + ": include \"" + what + "\": no such file: " + file);
        }
        open.addLast(file);
        try (Reader reader = open(file)) {
            ConfigParseOptions options = ConfigParseOptions.defaults()
                    .setOriginDescription(file.toString())
                    .setIncluder(this);
            return ConfigFactory.parseReader(reader, options).root();
        } catch (IOException failed) {
            throw MillraceException.user(file + ": cannot be read: " + failed.getMessage(), failed);
        } finally {
            open.removeLast();
        }
    }

    private static boolean same(Path a, Path b) {
        return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
    }
}
