package com.acme;

import io.millrace.Millrace;
import io.millrace.catalog.ContinuousUpdate;
import io.millrace.model.Etl;
import io.millrace.model.Pipegraph;
import io.millrace.parallelwrite.Entity;
import io.millrace.product.Files;
import io.millrace.run.RunResult;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Keeps the current state of each order: a pipegraph in Java. */
final class CurrentOrders {

    private CurrentOrders() {}

    static RunResult run(SparkSession spark, Path settings, String inbox) {
        Pipegraph orders = Pipegraph.named("orders")
                .model("events", Files.json(inbox).schema("order_id BIGINT, price DECIMAL(10,2), updated_at TIMESTAMP"))
                .model(
                        "current",
                        Entity.of("sales", "orders", "v1")
                                .upsert(ContinuousUpdate.on(List.of("order_id"), "updated_at")))
                .etl(Etl.named("current-state")
                        .input("events", "events")
                        .sql("priced", "SELECT * FROM events WHERE price > 0")
                        .output("current"))
                .build();
        try (Millrace millrace = Millrace.on(spark).configuredBy(settings)) {
            return millrace.run(orders);
        }
    }
}
