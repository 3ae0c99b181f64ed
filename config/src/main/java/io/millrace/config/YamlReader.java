package io.millrace.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw MillraceException.user(file + ": is too large to be read as YAML: " + size
                        + " bytes, and at most " + MOST_BYTES + " are read; divide it into several files");
            }
            return parse(file.toString(), text(Files.readAllBytes(file)));
        } catch (CharacterCodingException notUtf8) {
            throw MillraceException.user(file + ": cannot be read: not UTF-8", notUtf8);
        } catch (IOException failed) {
            throw MillraceException.user(file + ": cannot be read: " + failed, failed);
        }
    }

    /**
     * Reads a text.
     *
     * @param name what messages call the text
     * @return its documents, those without any value left out
     * @throws MillraceException as {@link #read}
     */
    public static List<ConfigDocument> parse(String name, String text) {
        return new YamlDocuments(name).read(text);
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
