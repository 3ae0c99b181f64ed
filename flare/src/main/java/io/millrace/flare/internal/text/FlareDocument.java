package io.millrace.flare.internal.text;

import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigSection;
import io.millrace.config.Problem;
import io.millrace.config.Problems;
import io.millrace.config.SourceMap;
import io.millrace.flare.internal.depot.Depots;
import io.millrace.internal.spark.sql.ParsedQueries;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A document that is read, and what its readers share.
 *
 * @param file where it is written; paths in it are relative to its folder
 * @param document its values
 * @param depots what its addresses mean
 * @param queries what its queries are made of
 * @param problems what is wrong with it
 * @param notes what the user should know of it
 * @param open the files that led here, itself included
 */
public record FlareDocument(
        Path file,
        ConfigDocument document,
        Depots depots,
        ParsedQueries queries,
        Problems problems,
        Notes notes,
        List<Path> open) {

    public FlareDocument {
        open = List.copyOf(open);
    }

    /** Returns a file that this document names, as a document of its own. */
    public FlareDocument inner(Path path, ConfigDocument named) {
        List<Path> both = Stream.concat(open.stream(), Stream.of(path)).toList();
        return new FlareDocument(path, named, depots, queries, problems, notes, both);
    }

    /** Returns whether a file is this one, or one whose text led here. */
    public boolean isOpen(Path path) {
        Path wanted = path.toAbsolutePath().normalize();
        return open.stream().anyMatch(each -> each.toAbsolutePath().normalize().equals(wanted));
    }

    /** Returns where the values of the document are written. */
    public SourceMap sources() {
        return document.sources();
    }

    /** Returns a file that the document names. */
    public Path resolve(String name) {
        return file.resolveSibling(name).normalize();
    }

    /** Notes what is wrong at a path. */
    public void problem(String path, String message) {
        problems.add(sources().problem(path, message));
    }

    /** Notes what the user should know of a path. */
    public void warn(String path, String message) {
        notes.warn(sources().problem(path, message));
    }

    /** Takes keys that change nothing here, whatever their values are. */
    public void ignore(ConfigSection section, String why, String... keys) {
        for (String key : keys) {
            if (section.has(key)) {
                Problem first = sources().problem(section.path(key), "is ignored: " + why);
                notes.ignored(section.path(key).replaceAll("\\[\\d+]", "") + ": " + why, first);
            }
        }
    }

    /** Takes keys that are known and cannot be followed. */
    public void refuse(ConfigSection section, String why, String... keys) {
        for (String key : keys) {
            if (section.has(key)) {
                section.problem(key, why);
            }
        }
    }

    /** Takes keys that are for people only. */
    public static void read(ConfigSection section, String... keys) {
        for (String key : keys) {
            section.raw(key);
        }
    }
}
