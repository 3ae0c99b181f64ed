package com.acme.orders;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.Millrace;
import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ParallelWrite;
import io.millrace.catalog.ParallelWriteModel;
import io.millrace.catalog.ParallelWriteModelSerde;
import io.millrace.config.ConfigDocument;
import io.millrace.model.Etl;
import io.millrace.model.Expectation.Otherwise;
import io.millrace.model.GenericModel;
import io.millrace.model.GenericProduct;
import io.millrace.model.Pipegraph;
import io.millrace.run.RunResult;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Keeps every event of an order, and the current state of each order. */
public final class Orders {

    private Orders() {}

    /** Runs it once, on the files that have arrived in a folder. */
    public static RunResult run(SparkSession spark, ConfigDocument settings, String inbox) {
        try (Millrace millrace = Millrace.on(spark).configuredBy(settings)) {
            return millrace.run(pipegraph(inbox));
        }
    }

    static Pipegraph pipegraph(String inbox) {
        return Pipegraph.named("orders")
                .model(new GenericModel(
                        "events",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("path", inbox)
                                .put("format", "json")
                                .put("schema", "id BIGINT, number BIGINT, price DECIMAL(10,2)"),
                        GenericProduct.of("files")))
                .model(new GenericModel(
                        "every-event",
                        ParallelWriteModelSerde.serialize(new ParallelWriteModel(
                                new ParallelWrite("append"), new CatalogCoordinates("sales", "orders_raw", "v1"))),
                        GenericProduct.of("parallelWrite")))
                .model(new GenericModel(
                        "current",
                        ParallelWriteModelSerde.serialize(new ParallelWriteModel(
                                new ContinuousUpdate(List.of("id"), "number"),
                                new CatalogCoordinates("sales", "orders", "v1"))),
                        GenericProduct.of("parallelWrite")))
                .etl(Etl.named("keep").input("events", "events").output("every-event"))
                .etl(Etl.named("upsert")
                        .input("events", "events")
                        .sql("priced", "SELECT id, number, price FROM events")
                        .expect("has-price", "price > 0", Otherwise.DROP)
                        .output("current"))
                .build();
    }
}
