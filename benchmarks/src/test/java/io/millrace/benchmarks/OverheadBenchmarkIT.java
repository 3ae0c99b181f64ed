package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
class OverheadBenchmarkIT {

    @Test
    void comparesBothFormats() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        OverheadBenchmark.run(
                new Arguments(Map.of("rows", "1000", "flights", "", "rounds", "1", "warm-ups", "0")),
                new PrintStream(out, true, StandardCharsets.UTF_8));

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isEqualTo("1000 rows; 1 pairs after 0 that do not count; medians (least-greatest)");
        assertThat(lines.get(1)).startsWith("append to parquet").contains("by hand", "millrace", "ratio");
        assertThat(lines.get(2)).startsWith("append to delta").contains("by hand", "millrace", "ratio");
    }

    @Test
    void refusesArgumentsItDoesNotKnow() {
        assertThatThrownBy(() -> Arguments.of(new String[] {"row=1"}, Map.of("rows", "1", "rounds", "9")))
                .hasMessage("unknown argument row=1; known, each as name=value: [rounds, rows]");
    }
}
