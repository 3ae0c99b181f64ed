package io.millrace.cli.internal.command;

import io.millrace.cli.internal.terminal.JsonLines;
import io.millrace.config.MillraceException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;

/**
 * A file that is written while something runs.
 *
 * @param name what messages call it
 * @param out what is written to it, as soon as it is written
 */
public record ReportFile(String name, PrintStream out) implements AutoCloseable {

    /** Nothing is kept. */
    static ReportFile nowhere() {
        return new ReportFile("", new PrintStream(OutputStream.nullOutputStream()));
    }

    static ReportFile at(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            OutputStream out = Files.newOutputStream(file);
            return new ReportFile(file.toString(), new PrintStream(out, true, StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw MillraceException.user("the report cannot be written: " + failed, failed);
        }
    }

    /** Runs something; where it fails, the file says why. */
    public int noting(IntSupplier run) {
        try {
            return run.getAsInt();
        } catch (Throwable failed) {
            FailureReport.lines(failed).forEach(new JsonLines(out)::write);
            throw failed;
        }
    }

    /**
     * Closes the file.
     *
     * @throws MillraceException of kind EXTERNAL where it is not whole
     */
    @Override
    public void close() {
        boolean broken = out.checkError();
        out.close();
        if (broken) {
            throw MillraceException.external(
                    name + ": the report could not be written to its end; is there room for it?", null);
        }
    }
}
