package io.millrace.examples.workflowsummary;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.examples.ExampleRun;
import io.millrace.run.EtlResult;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class WorkflowSummariesIT {

    private final SparkSession session;
    private final Path lake;

    WorkflowSummariesIT(SparkSession session, @TempDir Path lake) {
        this.session = session;
        this.lake = lake;
    }

    @Test
    void eachDeviceHasItsSummariesAndWhatIsNoEventIsADeadLetter() {
        EtlResult result = ExampleRun.of(
                        "workflow-summary/pipegraph.conf",
                        session,
                        Map.of("events", "workflow-summary/events", "lake", lake.toString()))
                .etls()
                .get(0);

        assertThat(result.inputs().get(0).read()).isEqualTo(52);
        assertThat(texts(session.read()
                        .json(lake.resolve("summaries").toString())
                        .selectExpr(
                                "concat_ws(' ', dimensions.did, dimensions.type, edata.eks.time_spent, edata.eks.interact_events_count,"
                                        + " size(edata.eks.item_responses), size(edata.eks.page_summary))")))
                .containsExactlyInAnyOrder(
                        "device-1 content 35.0 1 1 1", "device-1 app 50.0 2 1 2",
                        "device-2 content 35.0 2 1 1", "device-2 app 50.0 3 1 2",
                        "device-3 content 35.0 3 1 1", "device-3 app 50.0 4 1 2",
                        "device-4 content 35.0 4 1 1", "device-4 app 50.0 5 1 2");
        assertThat(texts(
                        session.read().json(lake.resolve("rejected").toString()).select("reason_code")))
                .containsExactlyInAnyOrder("MALFORMED_JSON", "NO_EID", "NO_TIME", "NO_EDATA", "NO_TYPE", "NO_ITEM");
    }

    private static List<String> texts(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(row -> row.getString(0)).toList();
    }
}
