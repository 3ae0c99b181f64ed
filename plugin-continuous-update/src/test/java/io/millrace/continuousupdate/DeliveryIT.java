package io.millrace.continuousupdate;

import static io.millrace.continuousupdate.TestTable.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.OnNullKey;
import io.millrace.config.MillraceException;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.ComputedColumns;
import io.millrace.spi.DeadLetters;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Batches that come again. */
@ExtendWith(MillraceSession.class)
class DeliveryIT {

    private static final String SCHEMA = "id BIGINT, name STRING, number INT";
    private static final String ROWS = SCHEMA + ", gone BOOLEAN";
    private static final ContinuousUpdate BY_NUMBER = new ContinuousUpdate(List.of("id"), "number");
    private static final ContinuousUpdate DELETING = ContinuousUpdate.on(List.of("id"), "number")
            .deleteExpression("gone")
            .build();

    private final SparkSession spark;
    private final TestTable table;

    DeliveryIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.table = new TestTable(spark, folder, SCHEMA);
    }

    private static BatchId batch(String output, String request, long number) {
        return new BatchId(new OutputId("shop", "current", output), request, number);
    }

    @Test
    void aBatchThatIsInTheTableIsNotWrittenAgain() {
        BatchId id = batch("orders", "stream", 4);
        table.write(BY_NUMBER, table.rows(SCHEMA, row(1L, "a", 1)), id);
        table.write(BY_NUMBER, table.rows(SCHEMA, row(1L, "b", 2)), batch("orders", "stream", 5));

        CommitOutcome again = table.write(BY_NUMBER, table.rows(SCHEMA, row(1L, "a", 3)), id);

        assertThat(again).isEqualTo(new AlreadyCommitted("version 1"));
        assertThat(table.content()).containsExactly("[1,b,2]");
        assertThat(table.versions()).isEqualTo(3);
    }

    @Test
    void deltaSkipsABatchThatAnotherAttemptCommittedMeanwhile() {
        BatchId id = batch("orders", "stream", 0);
        Batch rows = new Batch(id, table.rows(SCHEMA, row(1L, "a", 1)), RunMode.STREAM, table.letters);
        table.write(BY_NUMBER, rows.rows(), id);

        CommitOutcome second;
        try (UpsertBatch attempt = new UpsertBatch(rows, BY_NUMBER, TestTable.WORDING, Instant.EPOCH)) {
            second = attempt.prepared(table.open(), maintenance -> {}).commit();
        }

        assertThat(second).isEqualTo(new AlreadyCommitted("version 1"));
        assertThat(table.versions()).isEqualTo(2);
    }

    @Test
    void outputsThatShareASessionKeepTheirIdentitiesApart() {
        table.write(BY_NUMBER, table.rows(SCHEMA, row(1L, "a", 1)), batch("one", "r", 7));
        CommitOutcome other = table.write(BY_NUMBER, table.rows(SCHEMA, row(2L, "b", 1)), batch("two", "r", 7));
        table.rows(SCHEMA, row(3L, "c", 1))
                .write()
                .format("delta")
                .mode("append")
                .save(table.target.location());

        assertThat(other).isInstanceOf(Committed.class);
        assertThat(table.content()).containsExactly("[1,a,1]", "[2,b,1]", "[3,c,1]");
        assertThat(table.delta().history().select("userMetadata").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[null]", "[shop/current/two#r/7]", "[shop/current/one#r/7]", "[null]");
        assertThat(spark.conf().contains("spark.databricks.delta.write.txnAppId"))
                .isFalse();
        UpsertWriter writer = table.writer(BY_NUMBER);
        assertThat(writer.lastBatches(spark, new OutputId("shop", "current", "one"), table.target))
                .containsOnlyKeys("r");
        assertThat(writer.lastBatches(spark, new OutputId("shop", "current", "three"), table.target))
                .isEmpty();
    }

    @Test
    void aCrashAfterTheTombstonesLeavesNothingToDoTwice() {
        table.commit(DELETING, table.rows(ROWS, row(1L, "a", 1, false)));
        BatchId id = batch("orders", "next", 0);
        Dataset<Row> rows = table.rows(ROWS, row(1L, null, 2, true), row(2L, "b", 1, false));
        UpsertTarget target = UpsertTarget.of(
                TestTable.WORDING,
                StructType.fromDDL(SCHEMA),
                ComputedColumns.NONE,
                StructType.fromDDL(SCHEMA),
                DELETING);
        Dataset<Row> winners =
                Winners.of(InputRows.of(rows, DELETING, TestTable.WORDING).fitted(target), UpsertColumns.keys(1));
        new Tombstones(target, table.open().beside(), DELETING)
                .add(new Batch(id, rows, RunMode.STREAM, table.letters), winners, Instant.now());

        CommitOutcome outcome = table.write(DELETING, rows, id);

        assertThat(outcome).isInstanceOf(Committed.class);
        assertThat(table.content()).containsExactly("[2,b,1]");
        assertThat(spark.read()
                        .format("delta")
                        .load(table.target.location() + "/_millrace/tombstones")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void deadLettersThatFailKeepTheBatchOut() {
        AtomicBoolean broken = new AtomicBoolean(true);
        DeadLetters flaky = new DeadLetters() {
            @Override
            public boolean available() {
                return true;
            }

            @Override
            public long write(Dataset<Row> rows) {
                if (broken.get()) {
                    throw MillraceException.external("the dead letters' disk is full", null);
                }
                return rows.count();
            }
        };
        ContinuousUpdate letters = ContinuousUpdate.on(List.of("id"), "number")
                .onNullKey(OnNullKey.DEAD_LETTER)
                .build();
        UpsertWriter writer = table.writer(letters);
        Batch batch = new Batch(
                batch("orders", "r", 0), table.rows(SCHEMA, row(1L, "a", 1), row(null, "b", 1)), RunMode.BATCH, flaky);

        CommitOutcome first = writer.write(batch, table.target);
        List<String> between = table.content();
        broken.set(false);
        CommitOutcome second = writer.write(batch, table.target);

        assertThat(((Rejected) first).reason()).hasMessage("the dead letters' disk is full");
        assertThat(between).isEmpty();
        assertThat(second).isInstanceOf(Committed.class);
        assertThat(table.content()).containsExactly("[1,a,1]");
    }
}
