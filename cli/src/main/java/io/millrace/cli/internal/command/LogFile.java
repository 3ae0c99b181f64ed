package io.millrace.cli.internal.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file that takes what Spark says, and stack traces. One per process, made when first needed. */
public final class LogFile {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Path folder;
    private @Nullable Path path;

    public LogFile(Path folder) {
        this.folder = folder;
    }

    /** The log of this process, in the folder for temporary files. */
    public static LogFile ofProcess() {
        return new LogFile(
                Path.of(System.getProperty("java.io.tmpdir"), "millrace-" + System.getProperty("user.name")));
    }

    /** Returns the file; its folder exists from then on. */
    synchronized Path path() {
        if (path == null) {
            try {
                Files.createDirectories(folder);
            } catch (IOException refused) {
                throw new UncheckedIOException("cannot make the folder of the log, " + folder, refused);
            }
            path = folder.resolve(STAMP.format(LocalDateTime.now(ZoneId.systemDefault())) + "-"
                    + ProcessHandle.current().pid() + ".log");
        }
        return path;
    }

    /** Returns the file if there is one with something in it. */
    synchronized Optional<Path> written() {
        try {
            return path != null && Files.exists(path) && Files.size(path) > 0 ? Optional.of(path) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Adds a stack trace. */
    void add(Throwable failure) {
        try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(
                path(), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            failure.printStackTrace(writer);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot write the log, " + path(), refused);
        }
    }
}
