package io.millrace.internal.decode;

import io.millrace.config.ConfigSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A text that stands in the configuration, or in a file that is named there.
 *
 * @param key under which it is written, for what is wrong with it
 * @param text the text, or the content of the file
 */
public record WrittenText(String key, String text) {

    /** Reads {@code KEY}, or the file {@code KEY-file}; empty where neither is written, or the file cannot be read, which is noted on the section. */
    public static Optional<WrittenText> in(ConfigSection section, String key) {
        String fileKey = key + "-file";
        Optional<String> file = section.optionalString(fileKey);
        return section.optionalString(key)
                .map(text -> new WrittenText(key, text))
                .or(() -> file.flatMap(path -> content(section, fileKey, path))
                        .map(text -> new WrittenText(fileKey, text)));
    }

    private static Optional<String> content(ConfigSection section, String key, String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)));
        } catch (IOException unreadable) {
            section.problem(
                    key,
                    "cannot be read: " + file + " (" + unreadable.getClass().getSimpleName() + ")");
            return Optional.empty();
        }
    }
}
