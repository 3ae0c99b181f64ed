package io.millrace.iceberg.internal.entity;

import static io.millrace.iceberg.internal.entity.IcebergUpserts.row;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.catalog.EntityFormat;
import io.millrace.iceberg.Writes;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.iceberg.internal.table.IcebergTableName;
import io.millrace.iceberg.internal.table.WriteKind;
import io.millrace.parallelwrite.ColdTarget;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.Counts;
import io.millrace.spi.Sink;
import io.millrace.spi.upsert.MergeTable;
import io.millrace.spi.upsert.RowMerge;
import io.millrace.spi.upsert.SideTable;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows that delete their key, in entities that are Iceberg tables. */
@Tag("thorough")
@ExtendWith(MillraceSession.class)
class EntityDeletesIT {

    private static final String ROWS = "id BIGINT, name STRING, number INT, op STRING";
    private static final String DELETING = ", deleteExpression = \"op = 'd'\"";

    private final SparkSession spark;
    private final IcebergUpserts upserts;
    private final Sink sink;

    EntityDeletesIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.upserts = new IcebergUpserts(spark, folder, "id BIGINT NOT NULL, name STRING NOT NULL, number INT");
        this.sink = upserts.sink(DELETING);
    }

    private Committed commit(Row... rows) {
        return upserts.commit(sink, upserts.rows(ROWS, rows));
    }

    @Test
    void deletesAKeyAndDoesNotBringItBackForAnOlderRow() {
        commit(row(1L, "a", 5, "u"), row(2L, "b", 5, null));

        Committed deletion = commit(row(1L, null, 7, "d"));
        Committed late = commit(row(1L, "late", 6, "u"), row(1L, "equal", 7, "u"));

        assertThat(deletion.counts()).isEqualTo(Counts.committed(1));
        assertThat(deletion.details()).containsEntry("deleted", 1L);
        assertThat(late.counts()).isEqualTo(new Counts(0, 0, 0, 1, 1));
        assertThat(upserts.content()).containsExactly("[2,b,5]");

        commit(row(1L, "back", 8, "u"));

        assertThat(upserts.content()).containsExactly("[1,back,8]", "[2,b,5]");
    }

    @Test
    void aStaleDeleteRemovesNothingNewerAndOneThatComesFirstIsRemembered() {
        commit(row(1L, "a", 5, "u"), row(2L, "b", 5, "u"));

        Committed deletes = commit(row(1L, null, 4, "d"), row(2L, null, 5, "d"), row(9L, null, 7, "d"));
        commit(row(9L, "late", 6, "u"));

        assertThat(upserts.content()).containsExactly("[1,a,5]");
        assertThat(deletes.counts()).isEqualTo(new Counts(1, 0, 0, 2, 0));
    }

    @Test
    void anUpsertWithANullInANotNullColumnIsRefused() {
        assertThat(upserts.refusal(sink, upserts.rows(ROWS, row(1L, null, 7, "u"))))
                .isEqualTo("NULL in a NOT NULL column: name of entity d/events/v1; leave such rows out, or send them to"
                        + " the dead letters by an expectation");
    }

    @Test
    void aBatchOfDeletesThatComesAgainChangesNothing() {
        BatchId batch = new BatchId(Writes.OUTPUT, "other", 0);
        commit(row(1L, "a", 5, "u"));
        upserts.write(sink, batch, upserts.rows(ROWS, row(1L, null, 7, "d")));
        commit(row(1L, "back", 8, "u"));

        assertThat(upserts.write(sink, batch, upserts.rows(ROWS, row(1L, null, 9, "d"))))
                .isInstanceOf(AlreadyCommitted.class);

        assertThat(upserts.content()).containsExactly("[1,back,8]");
        assertThat(spark.table(upserts.lake.table() + "_tombstones").count()).isEqualTo(1);
    }

    @Test
    void tombstonesThatAreOldAreForgottenAndTheirTableIsTidiedUp() {
        SideTable tombstones = new IcebergSideTable(
                spark,
                IcebergModel.of(
                        IcebergTableName.parse(upserts.lake.table()).orElseThrow(), WriteKind.APPEND, Map.of()));
        commit(row(1L, null, 7, "d"));
        commit(row(2L, null, 7, "d"));
        long before = tombstones.version();

        tombstones.forget("deleted_at", Instant.now().plusSeconds(60));
        commit(row(1L, "late", 6, "u"));

        assertThat(tombstones.rows().count()).isZero();
        assertThat(tombstones.version()).isGreaterThan(before);
        assertThat(upserts.content()).containsExactly("[1,late,6]");
    }

    @Test
    void aDeletionElsewhereWhileRowsAreMergedIsCaughtUpWith() {
        commit(row(1L, "late", 6, "u"), row(2L, "other", 1, "u"));
        MergeTable table = new IcebergFormat().mergeTable(spark, target());

        long deleted = table.repair(
                Writes.OUTPUT,
                new RowMerge(
                        spark.range(1, 2).toDF("_key"),
                        false,
                        col("id").equalTo(col("_key")),
                        lit(true),
                        null,
                        null,
                        Map.of()));

        assertThat(deleted).isEqualTo(1);
        assertThat(upserts.content()).containsExactly("[2,other,1]");
    }

    private ColdTarget target() {
        return new ColdTarget(
                "d/events/v1",
                EntityFormat.ICEBERG,
                upserts.lake.folder() + "/raw/events",
                upserts.lake.table(),
                upserts.lake.rows().schema(),
                List.of(),
                Map.of());
    }

    @Test
    void anOrderingOfAnotherTypeIsNotComparedWithTombstones() {
        commit(row(1L, null, 7, "d"));

        assertThat(upserts.refusal(
                        upserts.sinkBy("string(number)", DELETING), upserts.rows(ROWS, row(2L, null, 7, "d"))))
                .isEqualTo(
                        "entity d/events/v1: deleted keys are remembered by an ordering of type INT in Iceberg table "
                                + upserts.lake.table()
                                + "_tombstones, but orderingExpression yields STRING; go back to that type, or remove that table:"
                                + " older rows may then bring deleted keys back");
    }
}
