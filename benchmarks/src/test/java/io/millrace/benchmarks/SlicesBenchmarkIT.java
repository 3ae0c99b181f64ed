package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("processes")
class SlicesBenchmarkIT {

    @Test
    void itTellsWhatSlicesCost() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SlicesBenchmark.run(
                new Arguments(Map.of(
                        "slices",
                        "6",
                        "threads",
                        "2",
                        "processes",
                        "2",
                        "days",
                        "2",
                        "rows",
                        "10",
                        "at-once",
                        "2",
                        "rounds",
                        "1",
                        "warm-ups",
                        "0")),
                new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(5)
                .anyMatch(
                        line -> line.matches("6 slices claimed and completed by 2 threads in \\d+\\.\\d s, each once"))
                .anyMatch(line -> line.matches(
                        "6 slices claimed and completed by 2 processes of 2 threads in \\d+\\.\\d s, each once"))
                .anyMatch(line -> line.matches("days one at a time +plain runs .* sliced run .* ratio \\d\\.\\d{3}"))
                .anyMatch(line -> line.matches("days at once +1 .* 2 .* ratio \\d\\.\\d{3}"));
    }
}
