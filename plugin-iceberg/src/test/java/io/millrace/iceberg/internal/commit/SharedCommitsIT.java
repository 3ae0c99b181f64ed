package io.millrace.iceberg.internal.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.iceberg.Lake;
import io.millrace.iceberg.Writes;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.internal.spark.Sessions;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A transaction of the catalog's database keeps the first commit waiting until the other jobs have written their files. */
@ExtendWith(MillraceSession.class)
class SharedCommitsIT {

    private final SparkSession spark;
    private final Path folder;
    private final Lake lake;
    private final String table;
    private final ExecutorService jobs = Executors.newCachedThreadPool();

    SharedCommitsIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
        this.lake = new Lake(spark, folder);
        this.table = lake.newTable();
        lake.create(table, "id BIGINT, name STRING");
    }

    @AfterEach
    void stop() {
        jobs.shutdownNow();
    }

    @Test
    void eightJobsMakeTwoSnapshotsAndEachSaysInWhichItIs() throws Exception {
        List<Future<CommitOutcome>> outcomes = heldUp(8, this::append);

        Set<String> snapshots = new HashSet<>();
        long shared = 0;
        for (Future<CommitOutcome> outcome : outcomes) {
            assertThat(outcome.get()).isInstanceOf(Committed.class);
            Committed committed = (Committed) outcome.get();
            assertThat(committed.counts().committed()).isEqualTo(10);
            assertThat(committed.details()).containsEntry("files", 1L);
            snapshots.add(String.valueOf(committed.details().get("snapshot")));
            shared += 7L == (Long) committed.details().getOrDefault("batches in the snapshot", 0L) ? 1 : 0;
        }

        List<Snapshot> history = BatchSnapshots.history(lake.table(table), null).toList();
        assertThat(history.stream().map(snapshot -> Long.toString(snapshot.snapshotId())))
                .containsExactlyInAnyOrderElementsOf(snapshots)
                .hasSize(2);
        assertThat(shared).isEqualTo(7);
        assertThat(BatchSnapshots.of(history.get(0))).hasSize(7);
        assertThat(ids())
                .containsExactlyElementsOf(LongStream.range(0, 80).boxed().toList());
    }

    @Test
    void aBatchThatComesAgainIsKnown() throws Exception {
        List<Future<CommitOutcome>> outcomes = heldUp(3, this::append);
        for (Future<CommitOutcome> outcome : outcomes) {
            assertThat(outcome.get()).isInstanceOf(Committed.class);
        }

        for (int job = 0; job < 3; job++) {
            assertThat(append(job)).isInstanceOf(AlreadyCommitted.class);
        }
        assertThat(ids()).hasSize(30);
    }

    @Test
    void twoAttemptsAtOneBatchDoNotBothSucceed() throws Exception {
        List<Future<CommitOutcome>> outcomes = heldUp(4, job -> append(job / 2));

        List<CommitOutcome> ended = new ArrayList<>();
        for (Future<CommitOutcome> outcome : outcomes) {
            ended.add(outcome.get());
        }
        assertThat(ended).filteredOn(Committed.class::isInstance).hasSize(2);
        assertThat(ended).filteredOn(AlreadyCommitted.class::isInstance).hasSize(2);
        assertThat(ids()).hasSize(20);
    }

    @Test
    void aJobThatFailsHarmsNoOther() throws Exception {
        List<Callable<CommitOutcome>> work =
                new ArrayList<>(List.of(() -> append(0), () -> append(1), () -> append(2)));
        Dataset<Row> bad = Sessions.beside(spark)
                .range(0, 10, 1, 1)
                .selectExpr("id", "CAST(raise_error('out of order') AS STRING) AS name");

        Future<CommitOutcome> failing = jobs.submit(() -> Writes.run(sink(), "bad", bad));
        List<Future<CommitOutcome>> others = jobs.invokeAll(work);

        for (Future<CommitOutcome> other : others) {
            assertThat(other.get()).isInstanceOf(Committed.class);
        }
        assertThat(Writes.reason(failing.get(5, TimeUnit.MINUTES))).hasMessageContaining("out of order");
        assertThat(ids()).hasSize(30);
    }

    @Test
    void aBatchThatTheTableRefusesFailsAlone() throws Exception {
        Table target = lake.table(table);
        StagedFiles good = StagedFiles.write(target, rows(0), Map.of());
        StagedFiles strange = new StagedFiles(List.of(DataFiles.builder(PartitionSpec.builderFor(target.schema())
                        .withSpecId(7)
                        .identity("name")
                        .build())
                .withPath(target.location() + "/data/strange.parquet")
                .withPartitionPath("name=x")
                .withFileSizeInBytes(10)
                .withRecordCount(1)
                .build()));
        List<Runnable> toDo = new ArrayList<>();
        CommitQueue queue = new CommitQueue(toDo::add);

        Future<CommitQueue.Outcome> first =
                jobs.submit(() -> queue.commit(part("good", good), lake.table(table), null, CommitRetries.STANDARD));
        Future<CommitQueue.Outcome> second = jobs.submit(
                () -> queue.commit(part("strange", strange), lake.table(table), null, CommitRetries.STANDARD));
        await(() -> queue.waiting() == 2);
        toDo.get(0).run();

        assertThat(first.get()).isEqualTo(new CommitQueue.Outcome(1, null, false));
        assertThat(second.get().failure()).hasMessageContaining("Cannot find partition spec 7");
        assertThat(ids()).hasSize(10);
    }

    @Test
    void aJobThatIsStoppedWhileItWaitsIsNotCommitted() throws Exception {
        List<Runnable> toDo = new ArrayList<>();
        CommitQueue queue = new CommitQueue(toDo::add);
        StagedFiles files = StagedFiles.write(lake.table(table), rows(0), Map.of());
        Table target = lake.table(table);
        Future<String> stopped = jobs.submit(() -> {
            Thread.currentThread().interrupt();
            try {
                queue.commit(part("stopped", files), target, null, CommitRetries.STANDARD);
                return "committed";
            } catch (CancellationException expected) {
                return expected.getMessage() + ", interrupted "
                        + Thread.currentThread().isInterrupted();
            }
        });

        assertThat(stopped.get()).isEqualTo("interrupted while it waited for a commit, interrupted true");
        assertThat(queue.waiting()).isZero();
        toDo.get(0).run();
        assertThat(lake.table(table).currentSnapshot()).isNull();
    }

    @Test
    void ofTwoJobsThatAreStoppedTheOneThatWaitsIsNotCommitted() throws Exception {
        CommitQueue queue = SharedCommits.of(spark).queue(model(), lake.table(table));
        List<CommitOutcome> outcomes = new CopyOnWriteArrayList<>();
        List<Thread> threads =
                List.of(new Thread(() -> outcomes.add(append(0))), new Thread(() -> outcomes.add(append(1))));
        try (Connection database = database();
                Statement statement = database.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (Thread thread : threads) {
                thread.start();
                await(() -> queue.committing() == 1);
            }
            await(() -> queue.waiting() == 1);
            threads.forEach(Thread::interrupt);
            await(() -> queue.waiting() == 0);
            statement.execute("COMMIT");
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(outcomes).filteredOn(Committed.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(Rejected.class::isInstance)
                .extracting(outcome -> ((Rejected) outcome).reason().getMessage())
                .containsExactly("Iceberg table " + table
                        + ": the batch is not committed: interrupted while it waited for a commit");
        assertThat(ids()).hasSize(10);
        assertThat(folder.resolve("raw")
                        .resolve(table.substring(table.lastIndexOf('.') + 1))
                        .resolve("data"))
                .satisfies(data -> {
                    try (Stream<Path> files = Files.walk(data)) {
                        assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
                                .hasSize(1);
                    }
                });
    }

    @Test
    void aCommitThatGivesUpFailsEachOfItsJobsAndARerunDoublesNone() throws Exception {
        Table target = lake.table(table);
        target.updateProperties().set("commit.retry.num-retries", "0").commit();
        List<Runnable> toDo = new ArrayList<>();
        CommitQueue queue = new CommitQueue(toDo::add);
        CommitRetries once = new CommitRetries(1, Duration.ofMillis(1), Duration.ofMillis(2));
        List<Future<CommitQueue.Outcome>> outcomes = new ArrayList<>();
        for (int job = 0; job < 2; job++) {
            StagedFiles files = StagedFiles.write(target, rows(job), Map.of());
            TableCommit.Part part = part("job-" + job, files);
            outcomes.add(jobs.submit(() -> queue.commit(part, lake.table(table), null, once)));
        }
        await(() -> queue.waiting() == 2);
        try (Connection database = database();
                Statement statement = database.createStatement()) {
            statement.execute("CREATE TRIGGER refuse BEFORE UPDATE ON iceberg_tables BEGIN SELECT RAISE(IGNORE); END");
            toDo.get(0).run();
            statement.execute("DROP TRIGGER refuse");
        }

        for (Future<CommitQueue.Outcome> outcome : outcomes) {
            assertThat(outcome.get().batches()).isEqualTo(2);
            assertThat(outcome.get().failure()).isInstanceOf(CommitFailedException.class);
        }
        assertThat(ids()).isEmpty();
        assertThat(append(0)).isInstanceOf(Committed.class);
        assertThat(append(1)).isInstanceOf(Committed.class);
        assertThat(ids()).hasSize(20);
    }

    private interface Job {
        CommitOutcome run(int number) throws Exception;
    }

    /** Runs jobs of which the first has to wait with its commit for the others' files. */
    private List<Future<CommitOutcome>> heldUp(int count, Job job) throws Exception {
        List<Future<CommitOutcome>> outcomes = new ArrayList<>();
        CommitQueue queue = SharedCommits.of(spark).queue(model(), lake.table(table));
        try (Connection database = database();
                Statement statement = database.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (int number = 0; number < count; number++) {
                int mine = number;
                outcomes.add(jobs.submit(() -> job.run(mine)));
                await(() -> queue.committing() == 1);
            }
            await(() -> queue.waiting() == count - 1);
            statement.execute("COMMIT");
        }
        return outcomes;
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("iceberg.db") + "?busy_timeout=60000");
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        while (!condition.holds()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private CommitOutcome append(int job) {
        return Writes.run(sink(), "job-" + job, rows(job));
    }

    private Dataset<Row> rows(int job) {
        return Sessions.beside(spark)
                .range(job * 10L, job * 10L + 10, 1, 1)
                .selectExpr("id", "concat('n', id) AS name");
    }

    private static TableCommit.Part part(String request, StagedFiles files) {
        return new TableCommit.Part(new BatchId(Writes.OUTPUT, request, 0), RunMode.BATCH, files, Map.of());
    }

    private Sink sink() {
        return lake.sink(table, "commit = shared");
    }

    private IcebergModel model() {
        return Lake.model(sink());
    }

    private List<Long> ids() {
        return lake.rows(table).select("id").collectAsList().stream()
                .map(row -> row.getLong(0))
                .sorted()
                .toList();
    }
}
