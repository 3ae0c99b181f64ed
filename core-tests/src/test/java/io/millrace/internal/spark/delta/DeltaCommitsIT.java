package io.millrace.internal.spark.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.NoDeadLetters;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class DeltaCommitsIT {

    private static final OutputId OUTPUT = new OutputId("shop", "orders", "lake");

    /** Run while a task of a write is at work: a function cannot bring it along to an executor. */
    private static final AtomicReference<Runnable> MEANWHILE = new AtomicReference<>();

    private final SparkSession spark;

    DeltaCommitsIT(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void aTableThatIsNotThereHoldsNothing(@TempDir Path folder) {
        DeltaCommits commits = DeltaCommits.atPath(spark, folder.toString(), Map.of());

        assertThat(commits.tableExists()).isFalse();
        assertThat(commits.version()).isEqualTo(-1);
        assertThat(commits.committed(batch("run-1", 0))).isFalse();
        assertThat(commits.lastBatches(OUTPUT)).isEmpty();
        assertThat(commits.find(batch("run-1", 0))).isEmpty();
    }

    @Test
    void aCommittedBatchIsKnownAndDeltaSkipsItTheSecondTime(@TempDir Path folder) {
        DeltaCommits commits = DeltaCommits.atPath(spark, folder.toString(), Map.of());

        append(folder, batch("run-1", 0), 3);
        append(folder, batch("run-1", 1), 4);
        append(folder, batch("run-1", 1), 4);
        append(folder, batch("run-2", 0), 5);

        assertThat(spark.read().format("delta").load(folder.toString()).count()).isEqualTo(12);
        assertThat(commits.committed(batch("run-1", 1))).isTrue();
        assertThat(commits.committed(batch("run-1", 2))).isFalse();
        assertThat(commits.committed(batch("run-3", 0))).isFalse();
        assertThat(commits.lastNumber(batch("run-1", 9).queryId())).isEqualTo(OptionalLong.of(1));
        assertThat(commits.lastBatches(OUTPUT)).containsOnlyKeys("run-1", "run-2");
        assertThat(commits.lastBatches(new OutputId("shop", "orders", "lak"))).isEmpty();
        DeltaCommit commit = commits.find(batch("run-1", 1)).orElseThrow();
        assertThat(commit.version()).isEqualTo(1);
        assertThat(commit.operation()).isEqualTo("WRITE");
        assertThat(commit.metric("numOutputRows")).isEqualTo(4);
        assertThat(commits.find(batch("run-1", 2))).isEmpty();
    }

    @Test
    void ofTwoAttemptsAtOneBatchThatOverlapTheSlowerOneFindsTheOther(@TempDir Path folder) {
        append(folder, batch("run-1", 0), 3);
        MEANWHILE.set(() -> append(folder, batch("run-1", 1), 4));
        UserDefinedFunction meanwhile = functions.udf(
                (UDF1<Long, Long>) id -> {
                    CompletableFuture.runAsync(MEANWHILE.get()).join();
                    return id;
                },
                DataTypes.LongType);
        Dataset<Row> slow = spark.range(0, 1, 1, 1)
                .select(meanwhile.apply(functions.col("id")).as("id"));

        CommitOutcome slower = write(folder, batch("run-1", 1), slow);

        assertThat(slower).isEqualTo(new CommitOutcome.AlreadyCommitted("version 1"));
        assertThat(spark.read().format("delta").load(folder.toString()).count()).isEqualTo(7);
    }

    @Test
    void aMergeInABatchsOwnSessionHappensOnce(@TempDir Path folder) {
        spark.range(3).write().format("delta").save(folder.toString());
        DeltaCommits commits = DeltaCommits.atPath(spark, folder.toString(), Map.of());
        BatchId batch = batch("run-1", 7);

        merge(folder, batch);
        merge(folder, batch);

        assertThat(commits.committed(batch)).isTrue();
        assertThat(commits.version()).isEqualTo(1);
        assertThat(commits.find(batch).orElseThrow().operation()).isEqualTo("MERGE");
        assertThat(spark.conf().contains("spark.databricks.delta.write.txnAppId"))
                .isFalse();
    }

    @Test
    void tablesAreFoundByNameAndPathInTheCatalogToo(@TempDir Path folder) {
        spark.sql("CREATE TABLE commits_by_name (id BIGINT) USING delta");
        spark.sql("CREATE TABLE commits_other (id BIGINT) USING parquet");
        spark.range(1).write().format("delta").save(folder.toString());

        assertThat(DeltaCommits.isDelta(spark, "commits_by_name")).isTrue();
        assertThat(DeltaCommits.isDelta(spark, "spark_catalog.default.commits_by_name"))
                .isTrue();
        assertThat(DeltaCommits.isDelta(spark, "commits_other")).isFalse();
        assertThat(DeltaCommits.isDelta(spark, "commits_missing")).isFalse();
        assertThat(DeltaCommits.ofTable(spark, "default.commits_by_name").version())
                .isZero();
        assertThat(DeltaCommits.ofTable(spark, "spark_catalog.default.`commits_by_name`")
                        .version())
                .isZero();
        assertThat(DeltaCommits.ofTable(spark, "delta.`" + folder + "`").version())
                .isZero();
        spark.sql("DROP TABLE commits_by_name");
        spark.sql("DROP TABLE commits_other");
    }

    private void append(Path folder, BatchId batch, long rows) {
        write(folder, batch, spark.range(rows).toDF());
    }

    private CommitOutcome write(Path folder, BatchId batch, Dataset<Row> rows) {
        DeltaCommits commits = DeltaCommits.atPath(spark, folder.toString(), Map.of());
        return new DeltaTarget(commits, "the table", commit -> Map.of())
                .append(new Batch(batch, rows, RunMode.BATCH, new NoDeadLetters()), rows, Map.of());
    }

    private void merge(Path folder, BatchId batch) {
        SparkSession own = DeltaCommits.sessionFor(spark, batch);
        DeltaTable.forPath(own, folder.toString())
                .as("t")
                .merge(own.range(5).toDF("id").as("s"), "t.id = s.id")
                .whenNotMatched()
                .insertAll()
                .execute();
    }

    private static BatchId batch(String request, long number) {
        return new BatchId(OUTPUT, request, number);
    }
}
