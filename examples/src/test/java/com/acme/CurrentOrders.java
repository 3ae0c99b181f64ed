package com.acme;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.Millrace;
import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ParallelWriteModel;
import io.millrace.catalog.ParallelWriteModelSerde;
import io.millrace.config.ConfigDocument;
import io.millrace.model.Etl;
import io.millrace.model.GenericModel;
import io.millrace.model.GenericProduct;
import io.millrace.model.Pipegraph;
import io.millrace.run.RunResult;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Keeps the current state of each order: a pipegraph in Java. */
final class CurrentOrders {

    private CurrentOrders() {}

    static RunResult run(SparkSession spark, ConfigDocument settings, String inbox) {
        ObjectNode files = JsonNodeFactory.instance
                .objectNode()
                .put("path", inbox)
                .put("format", "json")
                .put("schema", "order_id BIGINT, price DECIMAL(10,2), updated_at TIMESTAMP");
        ParallelWriteModel upsert = new ParallelWriteModel(
                new ContinuousUpdate(List.of("order_id"), "updated_at"),
                new CatalogCoordinates("sales", "orders", "v1"));
        Pipegraph orders = Pipegraph.named("orders")
                .model(new GenericModel("events", files, GenericProduct.of("files")))
                .model(new GenericModel(
                        "current", ParallelWriteModelSerde.serialize(upsert), GenericProduct.of("parallelWrite")))
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
