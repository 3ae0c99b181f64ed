package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("processes")
class GracefulStopIT {

    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void finishesTheBatchAtHandWhenAskedToEnd(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("ticks.conf"),
                """
                pipegraph {
                  name = ticks
                  state = "%s"
                  models { numbers { product = counting, value { below = 3 } }, gone { product = drain } }
                  etls = [ { name = tick, inputs = { numbers = numbers }, output = gone, trigger = continuous } ]
                }
                """
                        .formatted(folder.resolve("state")));
        try (ChildJvm run = ChildJvm.start(Main.class, "run", file.toString(), "--json")) {
            run.awaitLine("\"type\":\"batch\"", LONG);
            run.terminate();

            assertThat(run.awaitExit(LONG)).isZero();
            List<String> lines = run.output();
            assertThat(lines.get(lines.size() - 1)).contains("\"type\":\"run\"", "\"stopped\":true");
            // Spark may have planned one batch more; it was refused, and comes again at the next start.
            assertThat(batches(folder.resolve("state/checkpoints/ticks/tick/commits")))
                    .hasSameSizeAs(lines.stream()
                            .filter(line -> line.contains("\"type\":\"batch\""))
                            .toList());
        }
    }

    @Test
    void finishesTheBatchesOfAWorkflowsJobsToo(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("ticks.conf"),
                """
                pipegraph {
                  name = ticks
                  models { numbers { product = counting, value { below = 3 } }, gone { product = drain } }
                  etls = [ { name = tick, inputs = { numbers = numbers }, output = gone, trigger = continuous } ]
                }
                """);
        Path file = Files.writeString(
                folder.resolve("w.conf"),
                """
                workflow { name = w, state = "%s", max-concurrent-jobs = 3
                  jobs = [ { name = a, file = "ticks.conf" }, { name = b, file = "ticks.conf" } ] }
                """
                        .formatted(folder.resolve("state")));
        try (ChildJvm run = ChildJvm.start(Main.class, "workflow", "run", file.toString(), "--json")) {
            for (String job : List.of("a", "b")) {
                run.awaitLine("{\"type\":\"batch\",\"workflow\":\"w\",\"job\":\"" + job + "\"", LONG);
            }
            run.terminate();

            assertThat(run.awaitExit(LONG)).isZero();
            List<String> lines = run.output();
            assertThat(lines.get(lines.size() - 1)).contains("\"type\":\"workflow\"", "\"done\":2");
            for (String job : List.of("a", "b")) {
                assertThat(batches(folder.resolve("state/w/jobs/" + job + "/checkpoints/ticks/tick/commits")))
                        .hasSameSizeAs(lines.stream()
                                .filter(line -> line.contains("\"type\":\"batch\",\"workflow\":\"w\",\"job\":\"" + job))
                                .toList());
            }
        }
    }

    private static List<String> batches(Path log) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d+"))
                    .sorted()
                    .toList();
        }
    }
}
