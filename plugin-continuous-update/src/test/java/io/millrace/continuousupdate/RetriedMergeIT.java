package io.millrace.continuousupdate;

import static io.millrace.continuousupdate.TestTable.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import io.millrace.catalog.ContinuousUpdate;
import io.millrace.config.MillraceException;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.internal.spark.delta.DeltaCommits;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CommitOutcome.Unknown;
import io.millrace.spi.upsert.MergeOutcome;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Merges that meet other commits, and failures at the worst moment. */
@ExtendWith(MillraceSession.class)
class RetriedMergeIT {

    private static final String SCHEMA = "id BIGINT, name STRING, number INT";
    private static final ContinuousUpdate BY_NUMBER = new ContinuousUpdate(List.of("id"), "number");
    private static final BatchId BATCH = new BatchId(TestTable.OUTPUT, "r", 0);
    private static final CommitRetries TWICE = new CommitRetries(2, Duration.ofMillis(1), Duration.ofMillis(2));

    /** What happens while rows are computed; a static, because tasks only see copies of what they are given. */
    private static final AtomicReference<Runnable> MEANWHILE = new AtomicReference<>(() -> {});

    private final SparkSession spark;
    private final TestTable table;
    private final DeltaPlace target;

    RetriedMergeIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.table = new TestTable(spark, folder, SCHEMA);
        this.target = DeltaPlace.of(table.target);
    }

    @BeforeEach
    void fill() {
        table.commit(BY_NUMBER, table.rows(SCHEMA, row(1L, "a", 1)));
    }

    @Test
    void triesAgainWhereAnotherCommitCameFirst() {
        AtomicInteger others = new AtomicInteger();

        MergeOutcome result = commit(TWICE)
                .run(() -> mergeWhile(() -> {
                    if (others.getAndIncrement() == 0) {
                        otherCommit();
                    }
                }));

        assertThat(result).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(((MergeOutcome.Merged) result).commit()).isEqualTo("version 3");
        assertThat(table.content()).containsExactly("[1,merged,1]");
    }

    @Test
    void givesUpAndNamesTheOtherCommit() {
        CommitOutcome outcome = ended(commit(TWICE).run(() -> mergeWhile(this::otherCommit)));

        assertThat(outcome).isInstanceOf(Rejected.class);
        MillraceException reason = ((Rejected) outcome).reason();
        assertThat(reason.kind()).isEqualTo(MillraceException.Kind.EXTERNAL);
        assertThat(reason)
                .hasMessage(target
                        + ": gave up after 2 attempts to merge, because other commits came first; the last one was"
                        + " version 3, UPDATE of shop/other/orders#r/9. Delta says: Transaction conflict detected. a"
                        + " concurrent UPDATE added data to table delta.`file:" + target.location()
                        + "` committed at version 3. The concurrent operation modified data that should have been read by"
                        + " this operation. Let fewer outputs write to the table at the same time, or let them write to"
                        + " different partitions of it by partitioning it by a key");
    }

    @Test
    void aCommitThatSucceededBeforeTheFailureCounts() {
        MergeOutcome result = commit(TWICE).run(() -> {
            mergeWhile(() -> {});
            throw new UncheckedIOException(new IOException("connection lost"));
        });

        assertThat(result).isInstanceOf(MergeOutcome.Merged.class);
        MergeOutcome.Merged merged = (MergeOutcome.Merged) result;
        assertThat(merged.commit()).isEqualTo("version 2");
        assertThat(merged.warnings()).containsExactly("cannot merge into " + target + ": IOException: connection lost");
    }

    @Test
    void nobodyKnowsWhetherACommitThatStorageSwallowedWillAppear() {
        CommitOutcome outcome = ended(commit(TWICE).run(() -> {
            throw new UncheckedIOException(new IOException("connection lost"));
        }));

        assertThat(outcome).isInstanceOf(Unknown.class);
        assertThat(((Unknown) outcome).reason())
                .hasMessage("cannot merge into " + target + ": IOException: connection lost");
    }

    @Test
    void aMergeWhoseCommitCannotBeReadIsNoRejection() {
        CommitOutcome outcome = ended(commit(TWICE).run(() -> {
            Dataset<Row> answer = mergeWhile(() -> {});
            Path log = Path.of(target.location(), "_delta_log");
            Files.move(log, log.resolveSibling("_log_elsewhere"));
            return answer;
        }));

        assertThat(outcome).isInstanceOf(Unknown.class);
        assertThat(((Unknown) outcome).reason().kind()).isEqualTo(MillraceException.Kind.EXTERNAL);
        assertThat(((Unknown) outcome).reason())
                .hasMessageStartingWith(
                        target + ": the batch is merged, but its commit is not found in the table's log");
    }

    @Test
    void aFailureBeforeTheCommitIsCertain() {
        CommitOutcome outcome = ended(commit(TWICE).run(() -> table.delta()
                .as("t")
                .merge(spark.range(1).toDF("id").as("s"), "t.id = s.missing")
                .whenMatched()
                .delete()
                .execute()));

        assertThat(outcome).isInstanceOf(Rejected.class);
    }

    private RetriedMerge commit(CommitRetries retries) {
        return new RetriedMerge(spark, target, BATCH, retries);
    }

    private static CommitOutcome ended(MergeOutcome result) {
        assertThat(result).isInstanceOf(MergeOutcome.Ended.class);
        return ((MergeOutcome.Ended) result).outcome();
    }

    /** Merges rows that are computed inside the transaction, and something happens just then. */
    private Dataset<Row> mergeWhile(Runnable meanwhile) {
        SparkSession own = DeltaCommits.sessionFor(spark, BATCH);
        MEANWHILE.set(meanwhile);
        Dataset<Row> source = spark.range(1, 2)
                .select(functions
                        .udf((Long id) -> happening(id), DataTypes.LongType)
                        .asNondeterministic()
                        .apply(functions.col("id"))
                        .as("id"));
        return DeltaTable.forPath(own, target.location())
                .as("t")
                .merge(source.as("s"), "t.id = s.id")
                .whenMatched()
                .update(Map.of("name", functions.lit("merged")))
                .execute();
    }

    /** Runs in a thread of its own: the task's belongs to the merge. */
    private static Long happening(Long id) {
        Thread thread = new Thread(MEANWHILE.getAndSet(() -> {}));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        return id;
    }

    private void otherCommit() {
        SparkSession other = spark.newSession();
        other.conf().set("spark.databricks.delta.commitInfo.userMetadata", "shop/other/orders#r/9");
        DeltaTable.forPath(other, target.location()).update(Map.of("number", functions.expr("number")));
    }
}
