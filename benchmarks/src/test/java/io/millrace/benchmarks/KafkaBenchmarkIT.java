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
class KafkaBenchmarkIT {

    @Test
    void comparesBothKindsOfTables() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        KafkaBenchmark.run(
                new Arguments(Map.of("rows", "1000", "flights", "", "batch", "600", "rounds", "1", "warm-ups", "0")),
                new PrintStream(out, true, StandardCharsets.UTF_8));

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).isEqualTo("1000 rows; 1 pairs after 0 that do not count; medians (least-greatest)");
        assertThat(lines.get(1)).startsWith("topic to parquet").contains("by hand", "millrace", "ratio");
        assertThat(lines.get(2)).startsWith("  messages/s and core").contains("by hand", "millrace", "throughput");
        assertThat(lines.get(3)).startsWith("topic to delta, upsert").contains("by hand", "millrace", "ratio");
        assertThat(lines.get(4)).startsWith("  messages/s and core").contains("by hand", "millrace", "throughput");
    }
}
