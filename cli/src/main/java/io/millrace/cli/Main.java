package io.millrace.cli;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.ExitCode;
import io.millrace.cli.internal.command.LogFile;
import io.millrace.cli.internal.command.SessionSource;
import io.millrace.cli.internal.command.SparkLog;
import io.millrace.cli.internal.spark.SparkTerminationSignals;
import io.millrace.cli.internal.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line's entry point. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        LogFile log = LogFile.ofProcess();
        SparkLog.writeTo(log);
        @Nullable String home = System.getProperty("millrace.home");
        CommandEnvironment environment = new CommandEnvironment(
                Terminal.ofProcess(System.getenv()),
                log,
                SessionSource.ofProcess(),
                SparkTerminationSignals::handle,
                home == null ? null : Path.of(home));
        ExitCode code = new CommandLineRunner(environment).run(List.of(arguments));
        System.exit(code.number());
    }
}
