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
class MemoryBenchmarkIT {

    @Test
    void looksAtTheMemoryAgainAndAgain() throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        MemoryBenchmark.run(
                new Arguments(Map.of("looks", "2", "seconds", "1", "rate", "100", "bad", "10")),
                new PrintStream(out, true, StandardCharsets.UTF_8));

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .startsWith("     1 s   ")
                .contains("batches", "rows", "dead letters", "heap", "process");
        assertThat(lines.get(1)).startsWith("     2 s   ");
        assertThat(lines.get(2)).matches("from the first to the last: heap -?[0-9.]+ MiB   process -?[0-9.]+ MiB");
    }
}
