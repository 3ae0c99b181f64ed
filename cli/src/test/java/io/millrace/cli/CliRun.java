package io.millrace.cli;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.ExitCode;
import io.millrace.cli.internal.command.LogFile;
import io.millrace.cli.internal.command.SessionSource;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.cli.internal.terminal.Terminal.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

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
        return of(logs, style, columns, null, arguments);
    }

    /** Runs a command as the launcher in {@code home} does. */
    static CliRun at(Path home, String... arguments) {
        return of(home, Style.PLAIN, Terminal.UNLIMITED, home, arguments);
    }

    private static CliRun of(Path logs, Style style, int columns, @Nullable Path home, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                style,
                style,
                Progress.LINES,
                columns);
        SessionSource sessions = (master, settings) -> SparkSession.active();
        CommandEnvironment environment =
                new CommandEnvironment(terminal, new LogFile(logs), sessions, (first, second) -> {}, home);
        ExitCode code = new CommandLineRunner(environment).run(List.of(arguments));
        return new CliRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The same without what differs from run to run. */
    CliRun withoutTimes() {
        return new CliRun(code, withoutTimes(out), withoutTimes(err));
    }

    /** Returns the log that commands of this process write. */
    static Path log(Path logs) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("run-\\d{8}-\\d{6}-[0-9a-f]{6}", "RUN")
                .replaceAll("(in|after) \\d+(\\.\\d)? s", "$1 TIME")
                .replaceAll("\"duration_ms\":\\d+", "\"duration_ms\":0");
    }
}
