package io.millrace.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import io.millrace.config.HoconOutline.Include;
import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Takes includes relative to the file that includes them; a missing file and a circle of files are errors. (Typesafe Config takes
 * {@code file()} relative to the working directory, and a missing file for an empty one.) Serves the reading of one file.
 */
final class RelativeIncluder implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderClasspath, ConfigIncluderURL {

    /** A file that is being read, and its includes that are not taken in yet. */
    private record Open(Path file, List<Include> includes) {}

    private final Deque<Open> open = new ArrayDeque<>();
    private final Problems joints = new Problems();
    private final HoconLimits limits;

    private RelativeIncluder(Path root) {
        this.limits = new HoconLimits(root.toString());
    }

    /** Parses a file and what it includes. */
    static Config read(Path file) {
        RelativeIncluder includer = new RelativeIncluder(file);
        Config parsed = includer.parsed(file, "");
        includer.joints.throwIfAny();
        return parsed;
    }

    private Config parsed(Path file, String path) {
        String text = limits.read(file);
        HoconOutline outline = HoconScan.ofObject(file.toString(), text, path);
        limits.take(outline);
        outline.joints().forEach(joints::add);
        open.addLast(new Open(file, new ArrayList<>(outline.includes())));
        try {
            return ConfigFactory.parseString(
                    text,
                    ConfigParseOptions.defaults()
                            .setOriginDescription(file.toString())
                            .setIncluder(this));
        } finally {
            open.removeLast();
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
        Include include = next(what);
        try {
            ConfigParseOptions options =
                    ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(this);
            return ConfigFactory.parseResources(what, options).root();
        } catch (ConfigException.IO missing) {
            throw refused(include, "not on the classpath");
        }
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
        throw refused(next(what.toString()), "a URL is not supported; include a file");
    }

    private ConfigObject take(String what) {
        Include include = next(what);
        Path file = open.getLast().file().resolveSibling(what).normalize();
        if (open.stream().anyMatch(ancestor -> same(ancestor.file(), file))) {
            String circle = open.stream().map(each -> each.file().toString()).collect(Collectors.joining(" -> "));
            throw refused(include, "includes form a circle: " + circle + " -> " + file);
        }
        if (!Files.isRegularFile(file)) {
            throw refused(include, "no such file: " + file);
        }
        return parsed(file, include.path()).root();
    }

    /** Returns the include that is taken in now: the parser meets them in the order in which they are written, but only knows what they name. */
    private Include next(String what) {
        Open now = open.getLast();
        Include next = now.includes().stream()
                .filter(each -> new File(each.what()).getPath().equals(new File(what).getPath()))
                .findFirst()
                .orElseGet(() -> new Include(what, "", new Location(now.file().toString(), 0, 0)));
        now.includes().remove(next);
        limits.include(next.place());
        return next;
    }

    private static MillraceException refused(Include include, String why) {
        Problem problem = new Problem(include.place(), "", "include \"" + include.what() + "\": " + why);
        return MillraceException.user(List.of(problem));
    }

    private static boolean same(Path a, Path b) {
        return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
    }
}
