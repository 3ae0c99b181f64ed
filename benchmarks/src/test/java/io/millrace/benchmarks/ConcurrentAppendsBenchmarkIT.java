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
class ConcurrentAppendsBenchmarkIT {

    @Test
    void comparesOwnCommitsWithSharedOnesAndManyJobsWithSparkAloneAndWithOne() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ConcurrentAppendsBenchmark.run(
                new Arguments(Map.of("writers", "2", "rows", "2000", "flights", "", "rounds", "1", "warm-ups", "0")),
                new PrintStream(out, true, StandardCharsets.UTF_8));

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).isEqualTo("2000 rows; 1 pairs after 0 that do not count; medians (least-greatest)");
        assertThat(lines.get(1)).startsWith("2 writers").contains("own commits", "shared commits", "ratio");
        assertThat(lines.get(2)).matches("  snapshots +2 and [12]");
        assertThat(lines.get(3)).startsWith("16 writers").contains("by hand", "own commits", "ratio");
        assertThat(lines.get(4)).startsWith("one job, 16 jobs").contains("one", "many", "ratio");
    }
}
