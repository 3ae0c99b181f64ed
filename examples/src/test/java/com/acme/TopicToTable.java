package com.acme;

import io.millrace.Millrace;
import io.millrace.config.MillraceException;
import io.millrace.iceberg.Iceberg;
import io.millrace.kafka.Decode;
import io.millrace.kafka.Kafka;
import io.millrace.model.Etl;
import io.millrace.model.Expectation.Otherwise;
import io.millrace.model.Pipegraph;
import io.millrace.model.SchemaContract;
import io.millrace.model.Trigger;
import io.millrace.product.Files;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import io.millrace.slices.SlicedRequest;
import io.millrace.spi.Slice;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A stream from a topic into a table, and ways to run a pipegraph. */
final class TopicToTable {

    private TopicToTable() {}

    static Pipegraph rides(String servers, String state) {
        return Pipegraph.named("rides")
                .state(state)
                .model(
                        "events",
                        Kafka.topic("dev.rides")
                                .bootstrapServers(servers)
                                .decode(Decode.json("ride_id BIGINT, minutes INT, at TIMESTAMP")
                                        .keepNullValues())
                                .maxOffsetsPerTrigger(100_000))
                .model(
                        "rides",
                        Iceberg.table("icebase.raw01.rides")
                                .partitionBy("day(at)")
                                .sortBy("ride_id"))
                .model("rejected", Files.parquet(state + "/rejected"))
                .etl(Etl.named("keep")
                        .input("events", "events")
                        .expect("has-minutes", "minutes > 0", Otherwise.DEAD_LETTER)
                        .deadLetters("rejected")
                        .contract(SchemaContract.of(SchemaContract.Policy.EVOLVE))
                        .trigger(new Trigger.AvailableNow())
                        .output("rides"))
                .build();
    }

    static RunResult ofAFile(SparkSession spark, Path file) {
        try (Millrace millrace = Millrace.on(spark)) {
            return millrace.run(file, Map.of("lake", "/data/lake"), RunRequest.all());
        }
    }

    static void month(Millrace millrace, Pipegraph pipegraph) {
        List<Slice> days = LocalDate.of(2024, 1, 1)
                .datesUntil(LocalDate.of(2024, 2, 1))
                .map(Slice::of)
                .toList();
        millrace.run(millrace.plan(pipegraph), SlicedRequest.of(days)).orThrow();
    }

    static RunResult orResumed(Millrace millrace, Pipegraph pipegraph) {
        try {
            return millrace.run(pipegraph);
        } catch (MillraceException failed) {
            if (failed.kind() != MillraceException.Kind.EXTERNAL) {
                throw failed;
            }
            return millrace.run(pipegraph, RunRequest.all().resuming());
        }
    }
}
