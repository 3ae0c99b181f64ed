package io.millrace.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.iceberg.internal.commit.BatchSnapshots;
import io.millrace.internal.spark.Sessions;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.testkit.ConcurrentWork;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two jobs and more that write one table at once: what must be in it then. */
@ExtendWith(MillraceSession.class)
class ConcurrentWritesIT {

    private static final String BY_MONTH =
            "save-mode = overwrite, overwrite = dynamic, partition-by = [\"month(date_col) AS month\"]";

    private final SparkSession spark;
    private final Lake lake;
    private final String table;

    ConcurrentWritesIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.lake = new Lake(spark, folder);
        this.table = lake.newTable();
    }

    @Test
    void bothAppend() throws Exception {
        both("partition-by = [\"month(date_col) AS month\"]");

        assertThat(vendors()).isEqualTo(Map.of(1, Rides.ONE, 2, Rides.TWO));
        assertThat(lake.table(table).snapshots())
                .extracting(snapshot ->
                        snapshot.operation() + " " + snapshot.summary().get("added-records"))
                .containsExactlyInAnyOrder("append " + Rides.ONE, "append " + Rides.TWO);
    }

    @Test
    void bothOverwriteTheSamePartitions() throws Exception {
        both(BY_MONTH);

        int last = lastCommitter();
        assertThat(vendors()).isEqualTo(Map.of(last, last == 1 ? Rides.ONE : Rides.TWO));
    }

    @Test
    void whoOverwritesOneMonthLeavesTheOthers() {
        Writes.run(lake.sink(table, BY_MONTH), "vendor-1", Rides.of(spark, 1));
        Dataset<Row> march = Rides.of(spark, 2).filter("month(date_col) = 3");

        Writes.run(lake.sink(table, BY_MONTH), "vendor-2", march);

        long kept = Rides.of(spark, 1).filter("month(date_col) <> 3").count();
        assertThat(vendors()).isEqualTo(Map.of(1, kept, 2, march.count()));
        assertThat(lake.rows(table)
                        .filter("vendor_id = 2")
                        .selectExpr("month(date_col)")
                        .distinct()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void bothOverwritePartitionsOfTheirOwn() throws Exception {
        both("save-mode = overwrite, overwrite = dynamic, partition-by = [\"identity(vendor_id)\"]");

        assertThat(vendors()).isEqualTo(Map.of(1, Rides.ONE, 2, Rides.TWO));
    }

    @Test
    void bothOverwriteTheWholeTable() throws Exception {
        both("save-mode = overwrite");

        int last = lastCommitter();
        assertThat(vendors()).isEqualTo(Map.of(last, last == 1 ? Rides.ONE : Rides.TWO));
    }

    @Test
    void bothMergeTheSameRows() throws Exception {
        String upsert =
                """
                save-mode = merge
                merge { on = "t.date_col = s.date_col", when = ["MATCHED THEN UPDATE SET vendor_id = s.vendor_id", "NOT MATCHED THEN INSERT *"] }
                """;
        Writes.run(lake.sink(table, ""), "first", Rides.numbered(spark, 1, 0, 10));

        List<CommitOutcome> outcomes = ConcurrentWork.all(List.of(
                () -> Writes.run(lake.sink(table, upsert), "a", Rides.numbered(session(), 2, 0, 12)),
                () -> Writes.run(lake.sink(table, upsert), "b", Rides.numbered(session(), 3, 5, 14))));

        assertThat(outcomes).allMatch(Committed.class::isInstance);
        assertThat(lake.rows(table).count()).isEqualTo(14);
        assertThat(vendors().keySet()).containsExactlyInAnyOrder(2, 3);
        assertThat(lake.rows(table).filter("vendor_id = 1").count()).isZero();
    }

    @Test
    void aReaderSeesCommittedCountsOnly() throws Exception {
        Writes.run(lake.sink(table, ""), "first", Rides.numbered(spark, 1, 0, 10));
        AtomicBoolean written = new AtomicBoolean();
        Set<Long> seen = new TreeSet<>();
        Callable<Object> reader = () -> {
            SparkSession session = session();
            do {
                seen.add(lake.read(session, table, "").count());
            } while (!written.get());
            return seen;
        };
        Callable<Object> writers = () -> {
            try {
                List<Callable<Object>> jobs = new ArrayList<>();
                for (int vendor = 1; vendor <= 2; vendor++) {
                    jobs.add(writer(vendor, 4));
                }
                return ConcurrentWork.all(jobs);
            } finally {
                written.set(true);
            }
        };

        ConcurrentWork.all(List.of(reader, writers));

        Set<Long> committed = new TreeSet<>();
        for (Snapshot snapshot : lake.table(table).snapshots()) {
            committed.add(Long.parseLong(snapshot.summary().get("total-records")));
        }
        assertThat(committed).hasSize(9);
        assertThat(seen).isSubsetOf(committed);
        assertThat(lake.rows(table).count()).isEqualTo(10 + 4 * (Rides.ONE + Rides.TWO));
    }

    @Test
    void allMakeTheTableThatIsNotThere() throws Exception {
        for (int round = 0; round < 4; round++) {
            String missing = lake.newTable();
            List<Callable<CommitOutcome>> jobs = new ArrayList<>();
            for (int job = 0; job < 4; job++) {
                String request = "job-" + job;
                jobs.add(() -> Writes.run(
                        lake.sink(
                                missing, "partition-by = [\"month(date_col) AS month\"], properties { owner = sales }"),
                        request,
                        Rides.of(session(), 1)));
            }

            assertThat(ConcurrentWork.all(jobs)).allMatch(Committed.class::isInstance);

            assertThat(lake.rows(missing).count()).isEqualTo(4 * Rides.ONE);
        }
    }

    private Callable<Object> writer(int vendor, int batches) {
        return () -> {
            SparkSession session = session();
            for (int batch = 0; batch < batches; batch++) {
                assertThat(Writes.run(lake.sink(table, ""), vendor + "-" + batch, Rides.of(session, vendor)))
                        .isInstanceOf(Committed.class);
            }
            return "";
        };
    }

    /** The jobs of both vendors, with one model. */
    private void both(String model) throws Exception {
        List<CommitOutcome> outcomes = ConcurrentWork.all(List.of(
                () -> Writes.run(lake.sink(table, model), "vendor-1", Rides.of(session(), 1)),
                () -> Writes.run(lake.sink(table, model), "vendor-2", Rides.of(session(), 2))));
        assertThat(outcomes).noneMatch(CommitOutcome.Rejected.class::isInstance);
    }

    private SparkSession session() {
        return Sessions.beside(spark);
    }

    /** Returns how many rows the table has of each vendor. */
    private Map<Integer, Long> vendors() {
        return lake.rows(table).groupBy("vendor_id").count().collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getInt(0), row -> row.getLong(1)));
    }

    private int lastCommitter() {
        return BatchSnapshots.history(lake.table(table), null)
                .flatMap(snapshot -> BatchSnapshots.of(snapshot).stream())
                .map(batch -> batch.endsWith("#vendor-1/0") ? 1 : 2)
                .findFirst()
                .orElseThrow();
    }
}
