package io.millrace.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.Main;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Commands give on a cluster what they give on one machine, even when a worker dies in the middle. */
@Tag("processes")
@ExtendWith(MillraceSession.class)
class ClusterCommandsIT {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int PARTITIONS = 4;
    private static final int ROWS = 100;

    private final SparkSession session;
    private final Path folder;

    ClusterCommandsIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    @Test
    void aClusterMakesWhatOneMachineMakesEvenWhenAWorkerDies() throws Exception {
        backUp();
        session.range(60)
                .selectExpr("id", "date_add(DATE'2024-01-01', CAST(id % 3 AS INT)) AS day")
                .coalesce(1)
                .write()
                .format("delta")
                .partitionBy("day")
                .save(folder.resolve("devices").toString());
        try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"), 2)) {
            String[] elsewhere = {
                "--spark-master",
                cluster.url(),
                "--spark-conf",
                "spark.driver.host=localhost",
                "--spark-conf",
                "spark.executor.memory=512m",
                "--spark-conf",
                "spark.sql.shuffle.partitions=2"
            };
            for (String where : List.of("here", "there")) {
                String[] spark = where.equals("here") ? new String[] {"--spark-master", "local[2]"} : elsewhere;
                Path copy = copy(where);
                run(spark, "run", copy.toString(), "--date", "2024-01-01");
                run(
                        spark,
                        "submit",
                        "--model",
                        "io.millrace.examples.crash.SlowCopy",
                        "--config",
                        copy.toString(),
                        "--start-date",
                        "2024-01-02");
                run(spark, "workflow", "run", workflow(where, copy).toString(), "--date", "2024-01-03");
                run(spark, "late-data", "run", lateData(where).toString());
            }
            assertThat(rows("copy-there").exceptAll(rows("copy-here")).isEmpty())
                    .isTrue();
            assertThat(rows("copy-there").count()).isEqualTo(3L * PARTITIONS * ROWS);
            assertThat(rows("copy-here").count()).isEqualTo(3L * PARTITIONS * ROWS);
            assertThat(delta("daily-there").exceptAll(delta("daily-here")).isEmpty())
                    .isTrue();
            assertThat(delta("daily-there").count()).isEqualTo(40);

            Path killed = copy("killed");
            try (ChildJvm run = start(
                    elsewhere,
                    "run",
                    killed.toString(),
                    "--date",
                    "2024-01-01",
                    "--by-partition",
                    "--max-concurrent",
                    "2")) {
                run.awaitLine("\"type\":", LIMIT);
                cluster.killWorker(0);
                assertThat(run.awaitExit(LIMIT))
                        .as("exit code; %s", run.output())
                        .isZero();
            }
            assertThat(rows("copy-killed").count()).isEqualTo((long) PARTITIONS * ROWS);
            assertThat(rows("copy-killed").exceptAll(rows("copy-here")).isEmpty())
                    .isTrue();
        }
    }

    private static void run(String[] spark, String... command) throws InterruptedException {
        try (ChildJvm run = start(spark, command)) {
            assertThat(run.awaitExit(LIMIT))
                    .as("exit code of %s; %s", List.of(command), run.output())
                    .isZero();
        }
    }

    private static ChildJvm start(String[] spark, String... command) {
        return ChildJvm.start(
                Main.class,
                Stream.of(Stream.of(command), Stream.of(spark), Stream.of("--json"))
                        .flatMap(each -> each)
                        .toArray(String[]::new));
    }

    private Dataset<Row> rows(String name) {
        return session.read().parquet(folder.resolve(name).toString());
    }

    private Dataset<Row> delta(String name) {
        return session.read().format("delta").load(folder.resolve(name).toString());
    }

    private void backUp() throws IOException {
        Path backup = Files.createDirectories(folder.resolve("backup"));
        for (String day : List.of("2024-01-01", "2024-01-02", "2024-01-03")) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                int first = partition * ROWS;
                Files.write(
                        backup.resolve(day + "-" + partition + "-1706011200000.json"),
                        IntStream.range(first, first + ROWS)
                                .mapToObj(id -> "{\"id\":" + id + "}")
                                .toList());
            }
        }
    }

    private Path copy(String where) throws IOException {
        return Files.writeString(
                folder.resolve("copy-" + where + ".conf"),
                """
                pipegraph {
                  name = copy-%2$s, state = "%1$s/state-%2$s"
                  models {
                    events { product = backup, value { path = "%1$s/backup", schema = "id BIGINT", partition-column = kafka_partition } }
                    copy { product = files, value { path = "%1$s/copy-%2$s", partition-by = [day, kafka_partition], save-mode = overwrite, overwrite = dynamic } }
                  }
                  etls = [ { name = copy, inputs { events = events }, output = copy
                    steps = [ { name = slow, strategy = "io.millrace.examples.crash.SlowCopy" }, { name = written, sql = "SELECT *, :run_date AS day FROM slow" } ] } ]
                }
                """
                        .formatted(folder, where));
    }

    private Path workflow(String where, Path copy) throws IOException {
        return Files.writeString(
                folder.resolve("workflow-" + where + ".conf"),
                """
                workflow { name = days-%2$s, state = "%1$s/workflow-%2$s", jobs = [ { name = third, file = "%3$s" } ] }
                """
                        .formatted(folder, where, copy));
    }

    private Path lateData(String where) throws IOException {
        return Files.writeString(
                folder.resolve("late-" + where + ".conf"),
                """
                pipegraph {
                  name = late-%2$s, state = "%1$s/state-late-%2$s"
                  models {
                    devices { product = table, value { path = "%1$s/devices" } }
                    daily { product = table, value { path = "%1$s/daily-%2$s", partition-by = [day] } }
                  }
                  etls = [ { name = of-a-day, inputs { devices = devices }
                    steps = [ { name = chosen, sql = "SELECT * FROM devices WHERE day = :run_date" } ]
                    outputs = [ { model = daily, replaces = "day = :run_date" } ] } ]
                }
                late-data { input = devices, partition-by = day }
                """
                        .formatted(folder, where));
    }
}
