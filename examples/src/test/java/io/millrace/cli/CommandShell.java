package io.millrace.cli;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.ExitCode;
import io.millrace.cli.internal.command.LogFile;
import io.millrace.cli.internal.command.SparkLog;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.internal.spark.session.SessionFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands one after the other in this process, on one Spark: the first opens it, the others find it, with an empty catalog and settings of their
 * own. Reads the words of a command from a line of its input, separated by tabs, writes what the command prints to the two files that are named as
 * arguments, and then its exit code as a line of output.
 */
public final class CommandShell {

    /** Begins the line that says how a command has ended; Spark may write other lines. */
    public static final String ENDED = "ended ";

    private CommandShell() {}

    /** Runs commands until there is no more input. */
    public static void main(String[] arguments) throws IOException {
        LogFile log = LogFile.ofProcess();
        SparkLog.writeTo(log);
        PrintStream answers = System.out;
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            try (PrintStream out = new PrintStream(arguments[0], StandardCharsets.UTF_8);
                    PrintStream err = new PrintStream(arguments[1], StandardCharsets.UTF_8)) {
                Terminal terminal =
                        new Terminal(out, err, Style.PLAIN, Style.PLAIN, Terminal.Progress.LINES, Terminal.UNLIMITED);
                CommandEnvironment environment = new CommandEnvironment(
                        terminal,
                        log,
                        CommandShell::open,
                        (first, second) -> {},
                        Path.of("").toAbsolutePath());
                System.setOut(out); // where product console prints
                ExitCode code = new CommandLineRunner(environment).run(Arrays.asList(line.split("\t", -1)));
                answers.println(ENDED + code.number());
            }
        }
    }

    private static SparkSession open(String master, Map<String, String> settings) {
        @Nullable SparkSession before = SparkSession.getDefaultSession().getOrElse(() -> null);
        if (before == null) {
            return SessionFactory.create(master, settings);
        }
        SparkSession session = before.newSession();
        forget(session);
        settings.forEach((key, value) -> {
            if (session.conf().isModifiable(key)) {
                session.conf().set(key, value);
            }
        });
        SparkSession.setActiveSession(session);
        return session;
    }

    /** A command that is a process of its own knows no table of others; the catalog is in memory. */
    private static void forget(SparkSession session) {
        for (String database : names(session, "SHOW DATABASES", 0)) {
            if (!database.equals("default")) {
                session.sql("DROP DATABASE `" + database + "` CASCADE");
            }
        }
        for (String table : names(session, "SHOW TABLES IN default", 1)) {
            session.sql("DROP TABLE IF EXISTS default.`" + table + "`");
        }
    }

    private static List<String> names(SparkSession session, String statement, int column) {
        return session.sql(statement).collectAsList().stream()
                .map(row -> row.getString(column))
                .toList();
    }
}
