package io.millrace.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the text of a file that a user names. */
final class SourceText {

    /** No text that was read has more bytes. */
    private static final int MOST_AGAIN = Math.max(HoconLimits.MOST_BYTES, YamlReader.MOST_BYTES);

    private SourceText() {}

    /**
     * Returns the text of a file in UTF-8, without a byte order mark.
     *
     * @param most how many bytes it may have
     * @param advice what to do where it has more
     * @throws MillraceException of kind USER where it has more, cannot be read, or is not UTF-8
     */
    static String read(Path file, int most, String advice) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw refused(file, "is too large to be read: at most " + most + " bytes are; " + advice, null);
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw refused(file, "cannot be read: not UTF-8", notUtf8);
        } catch (IOException failed) {
            throw refused(file, "cannot be read: " + failed, failed);
        }
    }

    /** Returns the text of a file that was read before; empty where it cannot be read any more, or the name is not a file's. */
    static Optional<String> ofFile(String name) {
        try {
            Path file = Path.of(name);
            return Files.isRegularFile(file) ? Optional.of(read(file, MOST_AGAIN, "")) : Optional.empty();
        } catch (MillraceException | InvalidPathException noText) {
            return Optional.empty(); // columns are a courtesy; the line is known
        }
    }

    private static MillraceException refused(Path file, String message, @Nullable Exception cause) {
        return MillraceException.user(List.of(new Problem(new Location(file.toString(), 0, 0), "", message)), cause);
    }
}
