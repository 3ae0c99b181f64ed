package io.millrace.cli;

import io.millrace.cli.Terminal.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A command that was run in this process.
 *
 * @param code its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record CliRun(ExitCode code, String out, String err) {

    /** Runs a command as if nobody looks: no colours, no width. The log goes to {@code logs}. */
    static CliRun of(Path logs, String... arguments) {
        return of(logs, Style.PLAIN, Terminal.UNLIMITED, arguments);
    }

    static CliRun of(Path logs, Style style, int columns, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                style,
                columns,
                Progress.LINES);
        ExitCode code = new Cli(terminal, new LogFile(logs)).run(List.of(arguments));
        return new CliRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
