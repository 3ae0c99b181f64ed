package io.millrace.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.millrace.run.RunResult;
import io.millrace.spi.Counts;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pipegraphs that read and write Iceberg tables, run as users run them. */
@ExtendWith(MillraceSession.class)
class PipegraphIT {

    private final SparkSession spark;
    private final Path folder;
    private final Lake lake;

    PipegraphIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
        this.lake = new Lake(spark, folder.resolve("lake"));
    }

    @Test
    void aStreamFillsATableThatAnotherStreamReads() throws IOException {
        given("1.json", "{\"id\": 1, \"vendor\": 1}", "{\"id\": 2, \"vendor\": 2}");
        RunResult first = run("trigger = available-now");
        given("2.json", "{\"id\": 3, \"vendor\": 1}");
        RunResult second = run("trigger = available-now");
        RunResult third = run("trigger = available-now");

        assertThat(output(first, "load").counts()).isEqualTo(Counts.committed(2));
        assertThat(output(first, "load").details()).singleElement().satisfies(details -> assertThat(details)
                .containsKeys("snapshot", "files"));
        assertThat(output(second, "load").counts()).isEqualTo(Counts.committed(1));
        assertThat(output(second, "pick").counts()).isEqualTo(new Counts(1, 0, 0, 0, 0));
        assertThat(third.etl("load").batches()).isZero();
        assertThat(ids("rides")).containsExactly(1L, 2L, 3L);
        assertThat(ids("picked")).containsExactly(1L, 3L);
    }

    @Test
    void aStreamWithANewCheckpointIsRefusedWhereItHasWrittenBefore() throws IOException {
        given("1.json", "{\"id\": 1, \"vendor\": 1}");
        run("trigger = available-now");
        try (Stream<Path> content = Files.walk(folder.resolve("state"))) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }

        assertThatThrownBy(() -> run("trigger = available-now"))
                .hasMessageContaining(
                        "rides (Iceberg table " + lake.name()
                                + ".raw.rides, append, partitioned by identity(vendor)) holds commits of an earlier stream of this ETL");
        assertThat(ids("rides")).containsExactly(1L);
    }

    @Test
    void aContractThatEvolvesGivesTheTableTheColumnsItLacks() throws IOException {
        given("1.json", "{\"id\": 1, \"vendor\": 1}");
        run("");
        given("1.json", "{\"id\": 2, \"vendor\": 1}");

        run("contract { table = evolve }, steps = [ { name = more, sql = \"SELECT *, id * 2 AS twice FROM trips\" } ]");

        assertThat(lake.rows(lake.name() + ".raw.rides")
                        .sort("id")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[1,1,null], [2,1,4]]");
    }

    @Test
    void rowsThatAreSampledForTheirOrderAreCountedOnce() throws IOException {
        given("1.json", "{\"id\": 1, \"vendor\": 1}", "{\"id\": 2, \"vendor\": 2}");
        String text = text("").replace("partition-by = [vendor]", "sort-by = [id], distribution = range");

        OutputNumbers numbers = output(run(plannedFrom(text)), "load");

        assertThat(numbers.counts()).isEqualTo(Counts.committed(2));
        assertThat(ids("rides")).containsExactly(1L, 2L);
    }

    @Test
    void aPlanTellsWhatTheFirstBatchDoes() throws IOException {
        given("1.json", "{\"id\": 1, \"vendor\": 1}");
        PipegraphPlan plan = plan("");

        assertThat(ConnectedPlan.of(spark, plan).etls()).singleElement().satisfies(etl -> assertThat(etl.notes())
                .containsExactly("output rides: the first batch makes the table"));
        run("");
        assertThat(ConnectedPlan.of(spark, plan).etls()).singleElement().satisfies(etl -> assertThat(etl.notes())
                .isEmpty());
    }

    private void given(String file, String... rows) throws IOException {
        Files.createDirectories(folder.resolve("trips"));
        Files.writeString(folder.resolve("trips").resolve(file), String.join("\n", rows));
    }

    private RunResult run(String etl) {
        return run(plan(etl));
    }

    private RunResult run(PipegraphPlan plan) {
        try (Millrace millrace = Millrace.on(spark)) {
            return millrace.run(plan, RunRequest.all(), RunListener.NONE);
        }
    }

    private PipegraphPlan plan(String etl) {
        return plannedFrom(text(etl));
    }

    private static PipegraphPlan plannedFrom(String text) {
        return new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(HoconReader.parse("pipegraph.conf", text)));
    }

    private String text(String etl) {
        return """
                %s
                pipegraph {
                  name = p, state = "%s/state"
                  models {
                    trips  { product = files, value { path = "%s/trips", format = json, schema = "id BIGINT, vendor INT" } }
                    rides  { product = iceberg, value { table = %s.raw.rides, partition-by = [vendor] } }
                    picked { product = iceberg, value { table = %s.raw.picked } }
                  }
                  etls = [
                    { name = load, inputs { trips = trips }, output = rides, %s }
                    %s
                  ]
                }
                """
                .formatted(
                        lake.settings(),
                        folder,
                        folder,
                        lake.name(),
                        lake.name(),
                        etl,
                        etl.startsWith("trigger")
                                ? "{ name = pick, inputs { rides { model = rides, stream = true } }, steps = [ { name = one, sql = \"SELECT * FROM rides WHERE vendor = 1\" } ], output = picked, "
                                        + etl + " }"
                                : "");
    }

    private static OutputNumbers output(RunResult result, String etl) {
        return result.etl(etl).outputs().get(0);
    }

    private List<Long> ids(String table) {
        return lake.rows(lake.name() + ".raw." + table).select("id").collectAsList().stream()
                .map(row -> row.getLong(0))
                .sorted()
                .toList();
    }
}
