package com.acme;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.run.RunResult;
import io.millrace.spi.Counts;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class CurrentOrdersIT {

    private final SparkSession session;

    CurrentOrdersIT(SparkSession session) {
        this.session = session;
    }

    @Test
    void thePipegraphOfTheReadmeRuns(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("inbox"));
        Files.writeString(
                folder.resolve("inbox/1.jsonl"),
                """
                {"order_id": 1, "price": 10.5, "updated_at": "2024-01-03T10:00:00Z"}
                {"order_id": 1, "price": 9.75, "updated_at": "2024-01-03T12:00:00Z"}
                {"order_id": 1, "price": 12, "updated_at": "2024-01-03T11:00:00Z"}
                {"order_id": 2, "price": 0, "updated_at": "2024-01-03T10:00:00Z"}
                """);
        Path settings = Files.writeString(
                folder.resolve("settings.conf"),
                """
                plugin.microservice-catalog.entities = [
                  { coordinates { domain = sales, name = orders, version = v1 }, table = readme_orders, format = Delta
                    location = "%s", schema = "order_id BIGINT, price DECIMAL(10,2), updated_at TIMESTAMP" }
                ]
                """
                        .formatted(folder.resolve("orders")));

        RunResult result =
                CurrentOrders.run(session, settings, folder.resolve("inbox").toString());

        assertThat(result.etl("current-state").outputs().get(0).counts()).isEqualTo(new Counts(1, 0, 0, 0, 2));
        assertThat(session.table("readme_orders").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[1,9.75,2024-01-03 12:00:00.0]");
    }
}
