package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Looks whether the benchmark runs and what it prints; at this size its figures say nothing. */
@Tag("thorough")
class WorkflowPlanningBenchmarkIT {

    @Test
    void tellsTheFirstTimeFromLaterOnes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        WorkflowPlanningBenchmark.run(
                new Arguments(Map.of("jobs", "12", "rounds", "3", "warm-ups", "1")),
                new PrintStream(out, true, StandardCharsets.UTF_8));

        String seconds = " +\\d+\\.\\d\\d s \\(\\d+\\.\\d\\d-\\d+\\.\\d\\d\\)";
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .matches(
                        "12 jobs, 1\\d,\\d{3} bytes; 3 rounds after 1 that do not count; medians \\(least-greatest\\)");
        assertThat(lines.get(1)).matches("the first time" + seconds + " +of it on a processor" + seconds);
        assertThat(lines.get(2)).matches("warm" + seconds + " +of it on a processor" + seconds);
    }
}
