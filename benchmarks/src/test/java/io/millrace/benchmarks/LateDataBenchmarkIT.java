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
class LateDataBenchmarkIT {

    @Test
    void itTellsWhatALookCostsByTheNumberOfCommits() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LateDataBenchmark.run(
                new Arguments(Map.of("history", "20", "new", "3", "rounds", "2", "warm-ups", "1")),
                new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .matches(line ->
                        line.matches("20 commits before: the first look takes \\d+\\.\\d\\d s; then each at 3 new ones"
                                + " +\\d+\\.\\d\\d s \\(\\d+\\.\\d\\d-\\d+\\.\\d\\d\\)"));
    }
}
