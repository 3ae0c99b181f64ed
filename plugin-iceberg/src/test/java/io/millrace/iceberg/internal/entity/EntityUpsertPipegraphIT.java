package io.millrace.iceberg.internal.entity;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Millrace;
import io.millrace.config.HoconReader;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.ConnectedPlan;
import io.millrace.run.OutputNumbers;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.spi.Counts;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An upsert into an entity that is an Iceberg table as users write it: a pipegraph in HOCON, run as a stream. */
@ExtendWith(MillraceSession.class)
class EntityUpsertPipegraphIT {

    private final SparkSession spark;
    private final Path folder;
    private final String catalog;

    EntityUpsertPipegraphIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
        this.catalog = "upserted_" + Integer.toUnsignedString(folder.hashCode());
    }

    @Test
    void keepsTheCurrentStateOfWhatAStreamTells() throws IOException {
        given(
                "1.json",
                "{\"id\":1,\"number\":5,\"op\":\"u\"}",
                "{\"id\":1,\"number\":4,\"op\":\"u\"}",
                "{\"id\":2,\"number\":1,\"op\":\"u\"}");
        OutputNumbers first = run("");
        given(
                "2.json",
                "{\"id\":1,\"number\":3,\"op\":\"u\"}",
                "{\"id\":2,\"number\":2,\"op\":\"d\"}",
                "{\"id\":3,\"number\":1,\"op\":\"u\"}",
                "{\"number\":1,\"op\":\"u\"}");
        OutputNumbers second = run("");
        given("3.json", "{\"id\":4,\"number\":1,\"op\":\"u\",\"note\":\"new\"}");
        OutputNumbers evolved = run("contract { table = evolve }");

        assertThat(spark.table(catalog + ".shop.orders").toJSON().collectAsList())
                .containsExactlyInAnyOrder(
                        "{\"id\":1,\"number\":5}",
                        "{\"id\":3,\"number\":1}",
                        "{\"id\":4,\"number\":1,\"note\":\"new\"}");
        assertThat(first.counts()).isEqualTo(new Counts(2, 0, 0, 0, 1));
        assertThat(second.counts()).isEqualTo(new Counts(2, 0, 1, 1, 0));
        assertThat(second.details()).singleElement().satisfies(details -> assertThat(details)
                .containsEntry("inserted", 1L)
                .containsEntry("deleted", 1L)
                .containsEntry("null-key", 1L));
        assertThat(evolved.details()).singleElement().satisfies(details -> assertThat(details)
                .containsEntry("columns-added", List.of("note STRING")));
        assertThat(spark.read().json(folder + "/rejected").select("reason_code").collectAsList())
                .hasToString("[[NULL_KEY]]");
    }

    @Test
    void saysBeforeTheFirstBatchWhichFilesItCanLeaveOut() throws IOException {
        given("1.json");

        assertThat(ConnectedPlan.of(spark, plan("")).etls()).singleElement().satisfies(etl -> assertThat(etl.notes())
                .containsExactly("output current: files can be left out by the range of id"));
    }

    private void given(String file, String... rows) throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in").resolve(file), String.join("\n", rows));
    }

    private OutputNumbers run(String etl) {
        try (Millrace millrace = Millrace.on(spark)) {
            return millrace.run(plan(etl), RunRequest.all(), RunListener.NONE)
                    .etl("keep")
                    .outputs()
                    .get(0);
        }
    }

    private PipegraphPlan plan(String etl) {
        String text =
                """
                plugin {
                  iceberg.catalogs { %1$s { warehouse = "%2$s/lake" } }
                  microservice-catalog.entities = [
                    { coordinates { domain = shop, name = orders, version = v1, overrideDbName = shop }
                      catalog = %1$s, table = orders, format = Iceberg, location = "%2$s/lake/shop/orders"
                      schema = "id BIGINT NOT NULL, number INT" } ]
                }
                pipegraph {
                  name = p, state = "%2$s/state"
                  models {
                    changes { product = files, value {
                      path = "%2$s/in", format = json, schema = "id BIGINT, number INT, op STRING, note STRING" } }
                    current { product = parallelWrite, value {
                      writerDetails {
                        writerType = continuousUpdate, keys = [id], orderingExpression = number
                        deleteExpression = "op = 'd'", onNullKey = deadLetter }
                      entityDetails { domain = shop, name = orders, version = v1, overrideDbName = shop } } }
                    rejected { product = files, value { path = "%2$s/rejected", format = json } }
                  }
                  etls = [
                    { name = keep, inputs { changes = changes }, output = current, dead-letters = rejected
                      trigger = available-now, %3$s }
                  ]
                }
                """
                        .formatted(catalog, folder, etl);
        return new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(HoconReader.parse("pipegraph.conf", text)));
    }
}
