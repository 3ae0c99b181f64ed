package io.millrace.cli;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.ExitCode;
import io.millrace.cli.internal.command.LogFile;
import io.millrace.cli.internal.command.SessionSource;
import io.millrace.cli.internal.command.SparkLog;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.cli.internal.terminal.Terminal.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.LocalSparkCluster;

/** A process that starts a standalone cluster (executors are processes of their own, from the Spark in SPARK_HOME) and runs a command on it. */
final class ClusterRun {

    private ClusterRun() {}

    public static void main(String[] arguments) {
        LogFile log = new LogFile(Path.of(arguments[0]));
        SparkLog.writeTo(log);
        LocalSparkCluster cluster = LocalSparkCluster.apply(1, 2, 1024, new SparkConf());
        List<String> command = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
        command.addAll(List.of("--spark-master", cluster.start()[0]));
        Terminal terminal =
                new Terminal(System.out, System.err, Style.PLAIN, Style.PLAIN, Progress.LINES, Terminal.UNLIMITED);
        ExitCode code = new CommandLineRunner(
                        new CommandEnvironment(terminal, log, SessionSource.ofProcess(), (first, second) -> {}, null))
                .run(command);
        System.exit(code.number());
    }
}
