package io.millrace.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads YAML that somebody else may have written: plain values only (no tags, so no classes), a key once, and within limits, so that a small text
 * cannot become a large tree. Anchors, aliases and merge keys are followed.
 */
public final class YamlReader {

    /** The largest text in bytes. */
    static final int MOST_BYTES = 4 << 20;

    private YamlReader() {}

    /** Returns whether the name of a file says that it is YAML. */
    public static boolean isYaml(String file) {
        return file.matches("(?i).*\\.ya?ml");
    }

    /**
     * Reads a file.
     *
     * @param file a file in UTF-8; messages name it as it is given here
     * @return its documents, those without any value left out; none where the file holds none
     * @throws MillraceException of kind USER where the file is missing, unreadable, too large, or not YAML as above; with the places
     */
    public static List<ConfigDocument> read(Path file) {
        if (!Files.exists(file)) {
            throw MillraceException.user(file + ": no such file");
        }
        if (Files.isDirectory(file)) {
            throw MillraceException.user(file + ": is a directory; name a file");
        }
        return parse(file.toString(), SourceText.read(file, MOST_BYTES, "divide it into several files"));
    }

    /**
     * Reads a text.
     *
     * @param name what messages call the text
     * @return its documents, those without any value left out
     * @throws MillraceException as {@link #read}
     */
    public static List<ConfigDocument> parse(String name, String text) {
        return BoundedReading.read(name, () -> new YamlDocuments(name).read(text));
    }
}
