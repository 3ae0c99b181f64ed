package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("thorough")
class RunHistoryBenchmarkIT {

    @Test
    void itTellsWhatARunCostsByTheNumberOfThoseBefore() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunHistoryBenchmark.run(
                new Arguments(Map.of("history", "0,30", "rounds", "2", "warm-ups", "1")),
                new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.matches("(0|30) runs before: the first takes them over in \\d+\\.\\d\\d s;"
                        + " then each begins and ends in +\\d+\\.\\d\\d ms \\(\\d+\\.\\d\\d-\\d+\\.\\d\\d\\)"));
    }
}
