package io.millrace.config;

import com.typesafe.config.ConfigException;
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
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            throw MillraceException.user(file + ": cannot be read: " + failed, failed);
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
        try {
            ConfigParseOptions options =
                    ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(this);
            return ConfigFactory.parseResources(what, options).root();
        } catch (ConfigException.IO missing) {
            throw refused(what, "not on the classpath");
        }
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
        throw refused(what.toString(), "a URL is not supported; include a file");
    }

    private ConfigObject take(String what) {
        Path file = open.getLast().resolveSibling(what).normalize();
        if (open.stream().anyMatch(ancestor -> same(ancestor, file))) {
            String circle = open.stream().map(Path::toString).collect(Collectors.joining(" -> "));
            throw refused(what, "includes form a circle: " + circle + " -> " + file);
        }
        if (!Files.isRegularFile(file)) {
            throw refused(what, "no such file: " + file);
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

    private MillraceException refused(String what, String why) {
        Problem problem = new Problem(place(what), "", "include \"" + what + "\": " + why);
        return MillraceException.user(List.of(problem));
    }

    /** Finds the include in the file that is being read; no line where it stands there twice. */
    private Location place(String what) {
        Path including = open.getLast();
        Pattern include = Pattern.compile("\\binclude\\b[^\"#]*\"" + Pattern.quote(what) + "\"");
        Location found = new Location(including.toString(), 0, 0);
        int number = 0;
        for (String line : Positions.lines(including.toString())) {
            number++;
            Matcher matcher = include.matcher(line);
            if (matcher.find()) {
                if (found.line() > 0) {
                    return new Location(including.toString(), 0, 0);
                }
                found = new Location(including.toString(), number, matcher.start() + 1);
            }
        }
        return found;
    }

    private static boolean same(Path a, Path b) {
        return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
    }
}
