package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.KafkaCluster;
import io.millrace.config.HoconReader;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.OutputNumbers;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import io.millrace.spi.Slice;
import io.millrace.testkit.ConcurrentWork;
import io.millrace.testkit.MillraceKafka;
import io.millrace.testkit.MillraceSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One plan, run for several slices and under several names at the same time: nothing is lost, nothing is doubled. */
@ExtendWith({MillraceSession.class, MillraceKafka.class})
@Tag("thorough")
class OnePlanAtOnceIT {

    private static final int ROWS = 5;
    private static final LocalDate FIRST = LocalDate.parse("2024-01-01");

    private final SparkSession session;
    private final Path folder;
    private final String topic = MillraceKafka.topic("at-once");

    OnePlanAtOnceIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    @Test
    void runsOfDifferentSlicesAndNamesShareNothingButTheirTargets(KafkaCluster broker) throws Exception {
        int slices = 5;
        given(slices);
        broker.createTopic(topic, 2);
        PipegraphPlan plan = plan(broker.bootstrapServers());
        run(plan, RunRequest.of(slice(0))); // makes the tables
        List<Callable<RunResult>> work = new ArrayList<>();
        for (int number = 1; number < slices; number++) {
            RunRequest request = RunRequest.of(slice(number));
            RunRequest asked = number % 2 == 0 ? request.named("run-of-" + number) : request;
            work.add(() -> run(plan, asked));
        }

        List<RunResult> results = ConcurrentWork.all(work);

        assertThat(results)
                .flatExtracting(result -> result.etl("spread").outputs())
                .extracting(OutputNumbers::rowsIn)
                .containsOnly((long) ROWS);
        List<Long> all = LongStream.range(0, slices * (long) ROWS).boxed().toList();
        assertThat(ids(session.read().format("delta").load(folder + "/delta"))).isEqualTo(all);
        assertThat(ids(session.read().parquet(folder + "/parquet"))).isEqualTo(all);
        assertThat(ids(session.read().format("delta").load(folder + "/events"))).isEqualTo(all);
        assertThat(ids(session.read().format("delta").load(folder + "/current")))
                .isEqualTo(all);
        assertThat(broker.read(topic))
                .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                .hasSize(all.size())
                .doesNotHaveDuplicates();
    }

    private RunResult run(PipegraphPlan plan, RunRequest request) {
        return new PipegraphRunner(session, plan, request, RunListener.NONE).run();
    }

    private static Slice slice(int number) {
        return new Slice(FIRST.plusDays(number), List.of(), null);
    }

    private void given(int slices) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int id = 0; id < slices * ROWS; id++) {
            lines.add("{\"id\":" + id + ",\"day\":\"" + FIRST.plusDays(id / ROWS) + "\"}");
        }
        Files.write(Files.createDirectories(folder.resolve("given")).resolve("all.json"), lines);
    }

    private PipegraphPlan plan(String brokers) {
        String text =
                """
                plugin.microservice-catalog.entities = [
                  { coordinates { domain = d, name = events, version = v1, overrideDbName = $db }
                    table = events, format = Delta, location = "$folder/events", schema = "id BIGINT, day DATE" }
                  { coordinates { domain = d, name = current, version = v1, overrideDbName = $db }
                    table = current, format = Delta, location = "$folder/current", schema = "id BIGINT, day DATE" } ]
                pipegraph {
                  name = at-once, state = "$folder/state"
                  models {
                    given { product = files, value { path = "$folder/given", format = json, schema = "id BIGINT, day DATE" } }
                    delta { product = table, value { path = "$folder/delta" } }
                    parquet { product = files, value { path = "$folder/parquet" } }
                    topic { product = kafka, value { bootstrap-servers = "$brokers", topic = "$topic" } }
                    events { product = parallelWrite, value {
                      writerDetails { writerType = parallelWrite, saveMode = append }
                      entityDetails { domain = d, name = events, version = v1, overrideDbName = $db } } }
                    current { product = parallelWrite, value {
                      writerDetails { writerType = continuousUpdate, keys = [id], orderingExpression = day, compactFrequency = 3, compactNumFile = 1 }
                      entityDetails { domain = d, name = current, version = v1, overrideDbName = $db } } }
                    dead { product = files, value { path = "$folder/dead" } }
                  }
                  etls = [
                    { name = spread, inputs { given = given }, dead-letters = dead
                      steps = [ { name = chosen, sql = "SELECT id, day FROM given WHERE day = :run_date" } ]
                      outputs = [ { model = delta }, { model = parquet }, { model = topic }, { model = events }, { model = current } ] } ]
                }
                """
                        .replace("$folder", folder.toString())
                        .replace(
                                "$db",
                                "at_once_" + folder.getFileName().toString().replaceAll("\\W", "_"))
                        .replace("$brokers", brokers)
                        .replace("$topic", topic);
        return new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(HoconReader.parse("at-once.conf", text)));
    }

    private static List<Long> ids(Dataset<Row> rows) {
        return rows.select("id").collectAsList().stream()
                .map(row -> row.getLong(0))
                .sorted()
                .toList();
    }
}
