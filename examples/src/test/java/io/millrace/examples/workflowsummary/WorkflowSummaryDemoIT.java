package io.millrace.examples.workflowsummary;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.examples.DemoProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("processes")
class WorkflowSummaryDemoIT {

    @Test
    void telemetryIsSortedOutBackedUpSummedUpAndReplayed(@TempDir Path folder) throws Exception {
        List<String> shown = DemoProcess.run("workflow-summary", "--into", folder.toString());

        assertThat(shown)
                .contains(
                        "1,059 messages of 40 devices are in topic telemetry.raw: events, some of them twice, and some that"
                                + " broke off. They are sorted out: each event once, keyed by its device, into telemetry.unique.")
                .contains("1,000 unique, 49 duplicate, 10 malformed. The unique ones are backed up, in files by day and"
                        + " partition:")
                .contains(
                        "Topic telemetry.replayed has what telemetry.unique has: 1000 events, each with its key and in"
                                + " its partition.")
                .anyMatch(line ->
                        line.startsWith("4 slices of pipegraph workflow-summary after ") && line.endsWith(": 4 done"))
                .anyMatch(line -> line.startsWith("4 slices of pipegraph workflow-summary after ")
                        && line.endsWith(": 4 done before"));
    }
}
