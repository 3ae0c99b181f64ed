package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Millrace;
import io.millrace.config.HoconReader;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.OutputNumbers;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.spi.Counts;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The shop of the page on upserts, run. */
@ExtendWith(MillraceSession.class)
@Tag("thorough")
class UpsertPageIT {

    private final SparkSession session;
    private final Path folder;

    UpsertPageIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    @Test
    void theTableHoldsTheNewestRowOfEachOrder() throws IOException {
        OutputNumbers first = runWith(
                """
                {"order_id": 1, "customer": "ann", "price": 5.00, "updated_at": "2024-01-01T10:00:00Z", "op": "u"}
                {"order_id": 1, "customer": "ann", "price": 4.00, "updated_at": "2024-01-01T09:00:00Z", "op": "u"}
                {"order_id": 2, "customer": "bob", "price": 7.00, "updated_at": "2024-01-01T10:00:00Z", "op": "u"}
                {"order_id": null, "customer": "bob", "price": 7.00, "updated_at": "2024-01-01T10:00:00Z", "op": "u"}
                """);
        OutputNumbers second = runWith(
                """
                {"order_id": 1, "customer": "ann", "price": 3.00, "updated_at": "2024-01-01T08:00:00Z", "op": "u"}
                {"order_id": 2, "customer": "bob", "updated_at": "2024-01-02T10:00:00Z", "op": "d"}
                """);

        assertThat(first.counts()).isEqualTo(new Counts(2, 0, 1, 0, 1));
        assertThat(second.counts()).isEqualTo(new Counts(1, 0, 0, 1, 0));
        assertThat(session.read().format("delta").load(folder + "/lake/orders").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[1,ann,5.00,2024-01-01 10:00:00.0,u]");
    }

    private OutputNumbers runWith(String rows) throws IOException {
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        Files.writeString(inbox.resolve(rows.hashCode() + ".json"), rows);
        List<Block> blocks = Page.at("docs/continuous-update.md").blocks("hocon");
        String text = blocks.get(0)
                .text()
                .replace("\"/lake", '"' + folder.toString() + "/lake")
                .replace("\"/inbox", '"' + folder.toString() + "/inbox");
        var plan = new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(HoconReader.parse("shop.conf", text)));
        try (Millrace millrace = Millrace.on(session)) {
            return millrace.run(plan, RunRequest.all(), RunListener.NONE)
                    .etl("current-orders")
                    .outputs()
                    .get(0);
        }
    }
}
