package io.millrace.flare.internal.text;

import io.millrace.config.ConfigSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A file that a text names. */
public final class TextFile {

    private TextFile() {}

    /** Reads it; empty where it cannot be read, which is noted. */
    public static Optional<String> read(Path file, ConfigSection section, String key) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException missing) {
            section.problem(key, "no such file: " + file);
        } catch (IOException unreadable) {
            section.problem(key, "cannot be read: " + unreadable);
        }
        return Optional.empty();
    }
}
