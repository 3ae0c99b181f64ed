package io.millrace.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.latedata.LateDataResult;
import io.millrace.plan.PipegraphPlan;
import io.millrace.slices.SliceEntry;
import io.millrace.slices.SliceLedger;
import io.millrace.slices.SliceState;
import io.millrace.spi.Source;
import io.millrace.spi.SupportsVersions;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that run what is due, killed as by {@code kill -9} again and again, while rows come late. */
@Tag("processes")
@ExtendWith(MillraceSession.class)
class LateDataCrashIT {

    private static final int KILLS = Integer.getInteger("millrace.kills", 3);
    private static final int PROCESSES = 2;
    private static final int DAYS = 6;
    private static final int LATE_DAYS = 3;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Random random = new Random(4711);
    private final SparkSession session;
    private final Path folder;
    private long loaded;

    LateDataCrashIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"delta", "iceberg"})
    void everyLateRowIsThereOnceHoweverManyProcessesDied(String format) throws Exception {
        Path file = pipegraph(format);
        PipegraphPlan plan = LateDataProcess.plan(session, folder, file);
        makeSource(format, plan);
        for (int day = 1; day <= DAYS; day++) {
            load(format, day);
        }
        List<ChildJvm> processes = new ArrayList<>();
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                while (processes.size() < PROCESSES) {
                    processes.add(ChildJvm.start(LateDataProcess.class, folder.toString(), file.toString()));
                }
                ChildJvm victim = processes.remove(random.nextInt(PROCESSES));
                victim.awaitLine("session open", LIMIT);
                for (int late = 0; late < LATE_DAYS; late++) {
                    load(format, 1 + random.nextInt(DAYS - 1));
                }
                // Whichever process takes a day first: by then one is likely to be at it.
                Thread.sleep(random.nextInt(8_000));
                victim.kill();
                victim.close();
            }
        } finally {
            processes.forEach(ChildJvm::close);
        }
        load(format, 2);

        LateDataResult last = LateDataProcess.run(session, plan);
        while (!last.slices().isEmpty()) {
            last = LateDataProcess.run(session, plan);
        }

        Dataset<Row> source = table(format, "devices").filter("event_time < DATE'2024-01-0" + DAYS + "'");
        Dataset<Row> copy = table(format, "daily");
        assertThat(copy.count()).isEqualTo(source.count());
        assertThat(source.exceptAll(copy).isEmpty()).isTrue();
        try (SliceLedger ledger = SliceLedger.open(session, plan.sliceLedger(), "late")) {
            assertThat(ledger.list())
                    .hasSize(DAYS - 1)
                    .extracting(SliceEntry::state)
                    .containsOnly(SliceState.DONE);
        }
    }

    private Path pipegraph(String format) {
        String tables = format.equals("delta")
                ? "devices { product = table, value { path = ${folder}\"/devices\" } }"
                        + "\n daily { product = table, value { path = ${folder}\"/daily\", partition-by = [event_time] } }"
                : "devices { product = iceberg, value { table = crashlake.raw.devices } }"
                        + "\n daily { product = iceberg, value { table = crashlake.raw.daily, partition-by = [event_time] } }";
        String text =
                """
                folder = "/tmp"
                plugin.iceberg.catalogs.crashlake { warehouse = ${folder}"/lake" }
                pipegraph {
                  name = late, state = ${folder}"/state"
                  models { TABLES }
                  etls = [ {
                    name = of-a-day
                    inputs { devices = devices }
                    steps = [ { name = chosen, sql = "SELECT * FROM devices WHERE event_time = :run_date" } ]
                    outputs = [ { model = daily, replaces = "event_time = :run_date" } ]
                  } ]
                }
                late-data { input = devices, partition-by = event_time, max-concurrent = 2 }
                """
                        .replace("TABLES", tables);
        try {
            return Files.writeString(folder.resolve("late-" + format + ".conf"), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The session learns of the catalog when a source of the plan looks for its table. */
    private void makeSource(String format, PipegraphPlan plan) throws IOException {
        if (format.equals("iceberg")) {
            Files.createDirectories(folder.resolve("lake"));
            Source source = plan.etls().get(0).inputs().get(0).source();
            assertThatThrownBy(() -> ((SupportsVersions) source).table(session)).hasMessageContaining("does not exist");
            session.sql("CREATE NAMESPACE IF NOT EXISTS crashlake.raw");
            session.sql(
                    "CREATE TABLE crashlake.raw.devices (device STRING, event_time DATE) USING iceberg PARTITIONED BY (event_time)");
        }
    }

    /** Loads some rows of a day in one commit. */
    private void load(String format, int day) {
        int rows = 20;
        Dataset<Row> devices = session.range(loaded, loaded + rows)
                .selectExpr("concat('device-', id) AS device", "DATE'2024-01-0" + day + "' AS event_time")
                .coalesce(1);
        loaded += rows;
        if (format.equals("delta")) {
            devices.write()
                    .format("delta")
                    .mode("append")
                    .partitionBy("event_time")
                    .save(folder.resolve("devices").toString());
        } else {
            try {
                devices.writeTo("crashlake.raw.devices").append();
            } catch (NoSuchTableException absent) {
                throw new IllegalStateException(absent);
            }
        }
    }

    private Dataset<Row> table(String format, String name) {
        session.catalog().clearCache();
        return format.equals("delta")
                ? session.read().format("delta").load(folder.resolve(name).toString())
                : session.sql("SELECT device, event_time FROM crashlake.raw." + name);
    }
}
