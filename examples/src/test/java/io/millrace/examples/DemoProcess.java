package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.Main;
import io.millrace.testkit.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Does what the launcher does for {@code millrace demo}, in a JVM of its own, in which Spark generates code as it does for users. */
public final class DemoProcess {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private DemoProcess() {}

    /** Starts a tour. */
    public static ChildJvm start(String... arguments) {
        return ChildJvm.start(DemoProcess.class, arguments);
    }

    /** Gives a tour, which must end well, and returns what it shows. */
    public static List<String> run(String... arguments) throws InterruptedException {
        try (ChildJvm child = start(arguments)) {
            assertThat(child.awaitExit(LIMIT))
                    .as("exit code; %s", child.output())
                    .isZero();
            return child.output();
        }
    }

    /** The process. */
    public static void main(String[] arguments) {
        System.setProperty(
                "millrace.home", Path.of("..").toAbsolutePath().normalize().toString());
        System.clearProperty("spark.sql.codegen.wholeStage");
        System.clearProperty("spark.sql.codegen.factoryMode");
        Main.main(Stream.concat(Stream.of("demo"), Stream.of(arguments)).toArray(String[]::new));
    }
}
