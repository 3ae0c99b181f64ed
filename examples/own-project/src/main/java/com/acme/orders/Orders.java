package com.acme.orders;

import io.millrace.Millrace;
import io.millrace.catalog.ContinuousUpdate;
import io.millrace.config.ConfigDocument;
import io.millrace.model.Etl;
import io.millrace.model.Expectation.Otherwise;
import io.millrace.model.Pipegraph;
import io.millrace.parallelwrite.Entity;
import io.millrace.product.Files;
import io.millrace.run.RunResult;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Keeps every event of an order, the current state of each order, and those that are worth a second look. */
public final class Orders {

    private Orders() {}

    /** Runs it once, on the files that have arrived in a folder. */
    public static RunResult run(SparkSession spark, ConfigDocument settings, String inbox, String lake) {
        try (Millrace millrace = Millrace.on(spark).configuredBy(settings)) {
            return millrace.run(pipegraph(inbox, lake));
        }
    }

    static Pipegraph pipegraph(String inbox, String lake) {
        return Pipegraph.named("orders")
                .model("events", Files.json(inbox).schema("id BIGINT, number BIGINT, price DECIMAL(10,2)"))
                .model("every-event", Entity.of("sales", "orders_raw", "v1").append())
                .model(
                        "current",
                        Entity.of("sales", "orders", "v1").upsert(ContinuousUpdate.on(List.of("id"), "number")))
                .model("watch-list", Files.parquet(lake + "/watch_list"))
                .model("rejected", Files.json(lake + "/rejected"))
                .etl(Etl.named("keep").input("events", "events").output("every-event"))
                .etl(Etl.named("upsert")
                        .input("events", "events")
                        .sql("priced", "SELECT id, number, price FROM events")
                        .expect("has-price", "price > 0", Otherwise.DROP)
                        .output("current"))
                .etl(Etl.named("watch")
                        .input("orders", "events")
                        .strategy("scored", new ScoreOrders(), new ScoreOrders.Configuration(10))
                        .deadLetters("rejected")
                        .output("watch-list", "look"))
                .build();
    }
}
