package io.millrace.continuousupdate;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.millrace.config.ConfigDocument;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.ConnectedPlan;
import io.millrace.run.OutputNumbers;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import io.millrace.spi.Counts;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An upsert as users write it: a pipegraph in HOCON, run as a stream. */
@ExtendWith(MillraceSession.class)
class PipegraphIT {

    @Test
    void keepsTheCurrentStateOfWhatAStreamTells(SparkSession spark, @TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("in"));
        PipegraphPlan plan = plan(folder);
        Files.writeString(
                folder.resolve("in/1.json"),
                """
                {"id":1,"number":5,"op":"u"}
                {"id":1,"number":4,"op":"u"}
                {"id":2,"number":1,"op":"u"}
                """);

        OutputNumbers first = run(spark, plan);
        Files.writeString(
                folder.resolve("in/2.json"),
                """
                {"id":1,"number":3,"op":"u"}
                {"id":2,"number":2,"op":"d"}
                {"id":3,"number":1,"op":"u"}
                {"number":1,"op":"u"}
                """);
        OutputNumbers second = run(spark, plan);

        assertThat(spark.read()
                        .format("delta")
                        .load(folder + "/orders")
                        .toJSON()
                        .collectAsList())
                .containsExactlyInAnyOrder("{\"id\":1,\"number\":5}", "{\"id\":3,\"number\":1}");
        assertThat(first.counts()).isEqualTo(new Counts(2, 0, 0, 0, 1));
        assertThat(second.counts()).isEqualTo(new Counts(2, 0, 1, 1, 0));
        assertThat(second.details()).hasSize(1);
        assertThat(second.details().get(0))
                .containsEntry("inserted", 1L)
                .containsEntry("deleted", 1L)
                .containsEntry("null-key", 1L);
    }

    /** The column that says what deletes is none of the table's, and no new one either. */
    @Test
    void keepsToItsContract(SparkSession spark, @TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("in"));
        Files.writeString(
                folder.resolve("in/1.json"),
                """
                {"id":1,"number":5,"op":"u"}
                {"id":2,"number":1,"op":"u","note":"new"}
                {"id":null,"number":1,"op":"u"}
                """);
        String columns = "id BIGINT, number INT, op STRING, note STRING";

        OutputNumbers aside = run(spark, plan(folder, columns, "contract { table = dead-letter }"));
        Files.writeString(folder.resolve("in/2.json"), "{\"id\":3,\"number\":1,\"op\":\"u\",\"note\":\"newer\"}");
        OutputNumbers evolved = run(spark, plan(folder, columns, "contract { table = evolve }"));

        assertThat(aside.counts()).isEqualTo(new Counts(1, 0, 2, 0, 0));
        assertThat(spark.read()
                        .format("delta")
                        .load(folder + "/rejected")
                        .select("reason_code")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder("CONTRACT_NOT_MET", "NULL_KEY");
        assertThat(evolved.details().get(0)).containsEntry("columns-added", List.of("note STRING"));
    }

    @Test
    void saysBeforeTheFirstBatchWhichFilesItCanLeaveOut(SparkSession spark, @TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("in"));

        ConnectedPlan connected = ConnectedPlan.of(spark, plan(folder));

        assertThat(connected.etls().get(0).notes())
                .containsExactly("output current: files can be left out by the range of id");
        assertThat(KeyRange.possible(List.of("flag"), StructType.fromDDL("id BIGINT, Flag BOOLEAN")))
                .containsExactly("no files can be left out by Flag: no statistics are kept of BOOLEAN");
        assertThat(folder.resolve("orders")).doesNotExist();
    }

    private static OutputNumbers run(SparkSession spark, PipegraphPlan plan) {
        RunResult result = new PipegraphRunner(spark, plan, RunRequest.all(), RunListener.NONE).run();
        return result.etls().get(0).outputs().get(0);
    }

    private static PipegraphPlan plan(Path folder) {
        return plan(folder, "id BIGINT, number INT, op STRING", "");
    }

    private static PipegraphPlan plan(Path folder, String columns, String etl) {
        String text =
                """
                plugin.microservice-catalog.entities = [
                  { coordinates { domain = d, name = orders, version = v1, overrideDbName = $db }
                    table = orders, format = Delta, location = "$folder/orders", schema = "id BIGINT NOT NULL, number INT" }
                  { coordinates { domain = d, name = letters, version = v1, overrideDbName = $db }
                    table = letters, format = Delta, location = "$folder/rejected"
                    schema = "reason_code STRING, row STRING" } ]
                pipegraph {
                  name = lake
                  state = "$folder/state"
                  models {
                    given { product = given, value { path = "$folder/in", schema = "$columns" } }
                    current { product = parallelWrite, value {
                      writerDetails {
                        writerType = continuousUpdate, keys = [id], orderingExpression = number
                        deleteExpression = "op = 'd'", onNullKey = deadLetter }
                      entityDetails { domain = d, name = orders, version = v1, overrideDbName = $db } } }
                    rejected { product = parallelWrite, value {
                      writerDetails { writerType = parallelWrite, saveMode = append }
                      entityDetails { domain = d, name = letters, version = v1, overrideDbName = $db } } }
                  }
                  etls = [ {
                    name = state, inputs { given = given }, output = current, dead-letters = rejected, trigger = available-now, $etl } ]
                }
                """
                        .replace("$folder", folder.toString())
                        .replace(
                                "$db",
                                "upserts_" + folder.getFileName().toString().replaceAll("\\W", "_"))
                        .replace("$columns", columns)
                        .replace("$etl", etl);
        return new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(ConfigDocument.of(ConfigFactory.parseString(text))));
    }
}
