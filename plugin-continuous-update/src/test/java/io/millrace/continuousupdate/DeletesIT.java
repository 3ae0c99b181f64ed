package io.millrace.continuousupdate;

import static io.millrace.continuousupdate.TestTable.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.OnStale;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.ComputedColumns;
import io.millrace.spi.Counts;
import io.millrace.spi.RunMode;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows that delete their key. */
@ExtendWith(MillraceSession.class)
class DeletesIT {

    private static final String SCHEMA = "id BIGINT NOT NULL, name STRING NOT NULL, number INT";
    private static final String ROWS = "id BIGINT, name STRING, number INT, op STRING";
    private static final ContinuousUpdate DELETING = ContinuousUpdate.on(List.of("id"), "number")
            .deleteExpression("op = 'd'")
            .tombstoneRetentionHours(24)
            .build();

    private final TestTable table;

    DeletesIT(SparkSession spark, @TempDir Path folder) {
        this.table = new TestTable(spark, folder, SCHEMA);
    }

    private Committed commit(Row... rows) {
        return table.commit(DELETING, table.rows(ROWS, rows));
    }

    @Test
    void deletesAKeyAndDoesNotBringItBackForAnOlderRow() {
        commit(row(1L, "a", 5, "u"), row(2L, "b", 5, null));

        Committed deletion = commit(row(1L, null, 7, "d"));
        Committed late = commit(row(1L, "late", 6, "u"), row(1L, "equal", 7, "u"));

        assertThat(deletion.counts()).isEqualTo(Counts.committed(1));
        assertThat(deletion.details()).containsEntry("deleted", 1L);
        assertThat(late.counts()).isEqualTo(new Counts(0, 0, 0, 1, 1));
        assertThat(table.content()).containsExactly("[2,b,5]");

        commit(row(1L, "back", 8, "u"));

        assertThat(table.content()).containsExactly("[1,back,8]", "[2,b,5]");
    }

    @Test
    void aStaleDeleteRemovesNothingNewer() {
        commit(row(1L, "a", 5, "u"), row(2L, "b", 5, "u"));

        Committed deletes = commit(row(1L, null, 4, "d"), row(2L, null, 5, "d"), row(9L, null, 1, "d"));

        assertThat(table.content()).containsExactly("[1,a,5]");
        assertThat(deletes.counts()).isEqualTo(new Counts(1, 0, 0, 2, 0));
    }

    @Test
    void aDeleteThatComesBeforeItsInsertIsRemembered() {
        commit(row(1L, null, 7, "d"));

        commit(row(1L, "late", 6, "u"), row(2L, "b", 1, "u"));

        assertThat(table.content()).containsExactly("[2,b,1]");
    }

    @Test
    void inABatchADeleteBeatsAnUpsertOfTheSameOrdering() {
        commit(row(1L, "a", 5, "u"));

        Committed committed = commit(row(1L, "b", 6, "u"), row(1L, null, 6, "d"), row(1L, "other", 6, "d"));

        assertThat(table.content()).isEmpty();
        assertThat(committed.details()).containsEntry("ties", 0L);
    }

    @Test
    void aTombstoneIsForgottenAfterItsRetention() {
        Instant start = Instant.parse("2024-01-01T00:00:00Z");
        table.at(Clock.fixed(start, ZoneOffset.UTC));
        commit(row(1L, null, 7, "d"));

        table.at(Clock.fixed(start.plusSeconds(24 * 3600), ZoneOffset.UTC));
        commit(row(1L, "within", 6, "u"));
        List<String> within = table.content();
        table.at(Clock.fixed(start.plusSeconds(24 * 3600 + 1), ZoneOffset.UTC));
        commit(row(1L, "after", 6, "u"));

        assertThat(within).isEmpty();
        assertThat(table.content()).containsExactly("[1,after,6]");
    }

    @Test
    void rowsOlderThanTheDeletionBecomeDeadLetters() {
        ContinuousUpdate letters = ContinuousUpdate.on(List.of("id"), "number")
                .deleteExpression("op = 'd'")
                .onStale(OnStale.DEAD_LETTER)
                .build();
        table.commit(letters, table.rows(ROWS, row(1L, "a", 5, "u"), row(2L, "b", 5, "u"), row(3L, null, 5, "d")));

        Committed second = table.commit(
                letters, table.rows(ROWS, row(1L, null, 4, "d"), row(2L, null, 6, "d"), row(3L, "late", 4, "u")));

        assertThat(table.content()).containsExactly("[1,a,5]");
        assertThat(second.counts()).isEqualTo(new Counts(1, 0, 2, 0, 0));
        assertThat(table.letters.received).hasSize(2).allMatch(letter -> letter.contains("\"reason_code\":\"STALE\""));
    }

    @Test
    void anUpsertWithANullInANotNullColumnIsRefused() {
        assertThat(table.refusal(DELETING, table.rows(ROWS, row(1L, null, 7, "u"))))
                .isEqualTo(
                        "NULL in a NOT NULL column: name of entity sales/orders/v1; leave such rows out, or send them to"
                                + " the dead letters by an expectation");
    }

    @Test
    void aDeleteExpressionMustBeACondition() {
        ContinuousUpdate wrong = ContinuousUpdate.on(List.of("id"), "number")
                .deleteExpression("op")
                .build();

        assertThat(table.refusal(wrong, table.rows(ROWS, row(1L, "a", 7, "u"))))
                .isEqualTo("deleteExpression \"op\" yields STRING; it must be true for rows that delete their key");
    }

    @Test
    void anOrderingOfAnotherTypeIsNotComparedWithTombstones() {
        commit(row(1L, null, 7, "d"));
        ContinuousUpdate byText = ContinuousUpdate.on(List.of("id"), "string(number)")
                .deleteExpression("op = 'd'")
                .build();

        assertThat(table.refusal(byText, table.rows(ROWS, row(2L, null, 7, "d"))))
                .isEqualTo("entity sales/orders/v1: deleted keys are remembered by an ordering of type INT in "
                        + table.target.location()
                        + "/_millrace/tombstones, but orderingExpression yields STRING; go back to that type, or remove"
                        + " that table: older rows may then bring deleted keys back");
    }

    @Test
    void aDeletionElsewhereWhileRowsAreMergedIsCaughtUpWith() {
        commit(row(1L, "late", 6, "u"), row(2L, "newer", 8, "u"), row(3L, "other", 1, "u"));
        UpsertTarget target = UpsertTarget.of(
                TestTable.WORDING, table.target.schema(), ComputedColumns.NONE, table.target.schema(), DELETING);
        Dataset<Row> deletes = winners(target, row(1L, null, 7, "d"), row(2L, null, 7, "d"));
        Tombstones tombstones = new Tombstones(target, table.open().beside(), DELETING);
        Batch elsewhere =
                new Batch(new BatchId(TestTable.OUTPUT, "elsewhere", 0), deletes, RunMode.BATCH, table.letters);
        tombstones.add(elsewhere, deletes, Instant.now());
        UpsertMerge merge = new UpsertMerge(
                DELETING,
                target,
                new StoredOrdering.Computed("number", DataTypes.IntegerType),
                new KeyRange(List.of()));

        Dataset<Row> merged =
                winners(target, row(1L, "late", 6, "u"), row(2L, "newer", 8, "u"), row(3L, "other", 1, "u"));
        long deleted = table.open().repair(TestTable.OUTPUT, merge.deletion(tombstones.over(merged, Instant.now())));

        assertThat(deleted).isEqualTo(1);
        assertThat(table.content()).containsExactly("[2,newer,8]", "[3,other,1]");
    }

    private Dataset<Row> winners(UpsertTarget target, Row... rows) {
        return Winners.of(
                InputRows.of(table.rows(ROWS, rows), DELETING, TestTable.WORDING)
                        .fitted(target),
                UpsertColumns.keys(1));
    }
}
