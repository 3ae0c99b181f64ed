package io.millrace.iceberg.internal.entity;

import static io.millrace.iceberg.internal.entity.IcebergUpserts.SCHEMA;
import static io.millrace.iceberg.internal.entity.IcebergUpserts.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.Counts;
import io.millrace.spi.Sink;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The meaning of an upsert, for entities that are Iceberg tables: one row per key, the one with the greatest ordering ever seen. */
@Tag("thorough")
@ExtendWith(MillraceSession.class)
class EntityUpsertIT {

    private final SparkSession spark;
    private final Path folder;
    private final IcebergUpserts upserts;

    EntityUpsertIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
        this.upserts = new IcebergUpserts(spark, folder);
    }

    @Test
    void everyFigureOfABatchIsReported() {
        Sink sink = upserts.sink("");

        Committed first = upserts.commit(
                sink, upserts.rows(SCHEMA, row(1L, "a", 10), row(1L, "old", 9), row(2L, "b", 10), row(2L, "b", 10)));
        Committed second =
                upserts.commit(sink, upserts.rows(SCHEMA, row(1L, "newer", 11), row(2L, "late", 9), row(3L, "c", 1)));

        assertThat(sink.description())
                .isEqualTo("entity d/events/v1 (database raw): upsert by id, newest number stays");
        assertThat(upserts.content()).containsExactly("[1,newer,11]", "[2,b,10]", "[3,c,1]");
        assertThat(first.counts()).isEqualTo(new Counts(2, 0, 0, 0, 2));
        assertThat(second.commit()).startsWith("snapshot ");
        assertThat(second.counts()).isEqualTo(new Counts(2, 0, 0, 1, 0));
        assertThat(second.warnings()).isEmpty();
        assertThat(second.details().keySet())
                .containsExactly(
                        "rows-in",
                        "distinct-keys",
                        "duplicates-collapsed",
                        "ties",
                        "stale",
                        "null-ordering",
                        "null-key",
                        "dead-lettered",
                        "inserted",
                        "updated",
                        "deleted",
                        "compared-with",
                        "files-in-table",
                        "files-rewritten",
                        "files-added",
                        "pruning",
                        "seconds-prepare",
                        "seconds-reduce",
                        "seconds-judge",
                        "seconds-tombstones",
                        "seconds-merge",
                        "seconds-maintain");
        assertThat(second.details())
                .containsEntry("rows-in", 3L)
                .containsEntry("distinct-keys", 3L)
                .containsEntry("stale", 1L)
                .containsEntry("inserted", 1L)
                .containsEntry("updated", 1L)
                .containsEntry("deleted", 0L)
                .containsEntry("compared-with", "number of the stored row")
                .containsEntry("files-in-table", 1L)
                .containsEntry("files-rewritten", 1L)
                .containsEntry("pruning", "by key range: id from 1 to 3");
    }

    @Test
    void onlyFilesThatMayHoldTheKeysAreRewritten() {
        Sink sink = upserts.sink("");
        upserts.commit(sink, upserts.rows(SCHEMA, row(1L, "a", 1), row(2L, "b", 1)));
        upserts.commit(sink, upserts.rows(SCHEMA, row(100L, "c", 1)));

        Committed third = upserts.commit(sink, upserts.rows(SCHEMA, row(100L, "d", 2)));

        assertThat(third.details()).containsEntry("files-in-table", 2L).containsEntry("files-rewritten", 1L);
        assertThat(upserts.content()).containsExactly("[1,a,1]", "[100,d,2]", "[2,b,1]");
    }

    @Test
    void aBatchOfOldRowsOnlyChangesNothing() {
        Sink sink = upserts.sink("");
        upserts.commit(sink, upserts.rows(SCHEMA, row(1L, "a", 10)));

        Committed stale = upserts.commit(sink, upserts.rows(SCHEMA, row(1L, "late", 9)));

        assertThat(stale.counts()).isEqualTo(new Counts(0, 0, 0, 1, 0));
        assertThat(upserts.content()).containsExactly("[1,a,10]");
    }

    @Test
    void anEmptyBatchCommitsNothing() {
        assertThat(upserts.commit(upserts.sink(""), upserts.rows(SCHEMA))).isEqualTo(new Committed("", Counts.NONE));
        assertThat(upserts.content()).isEmpty();
    }

    @Test
    void ordersByAStruct() {
        Sink sink = upserts.sinkBy("struct(number, name)", "");
        upserts.commit(sink, upserts.rows(SCHEMA, row(1L, "a", 1), row(1L, "c", 1), row(1L, "b", 1), row(2L, null, 1)));

        Committed second = upserts.commit(sink, upserts.rows(SCHEMA, row(1L, "b", 1), row(2L, "a", 1)));

        assertThat(second.counts()).isEqualTo(new Counts(1, 0, 0, 1, 0));
        assertThat(upserts.content()).containsExactly("[1,c,1]", "[2,a,1]");
    }

    @Test
    void leavesOutSurplusColumnsAndFindsColumnsInAnyCase() {
        upserts.commit(
                upserts.sink(""),
                upserts.rows("NUMBER INT, extra STRING, Id BIGINT, NAME STRING", row(1, "x", 1L, "a")));

        assertThat(upserts.content()).containsExactly("[1,a,1]");
    }

    @Test
    void addsColumnsWhereTheTableFollowsTheRows() {
        Sink sink = upserts.sink(", schemaEvolution = additive");
        upserts.commit(sink, upserts.rows(SCHEMA, row(1L, "a", 1)));

        Committed second = upserts.commit(sink, upserts.rows(SCHEMA + ", city STRING", row(2L, "b", 1, "Bonn")));

        assertThat(upserts.content()).containsExactly("[1,a,1,null]", "[2,b,1,Bonn]");
        assertThat(second.details()).containsEntry("columns-added", List.of("city STRING"));
    }

    @Test
    void keepsTheOrderingInAColumn() {
        Sink sink = upserts.sinkBy("struct(version)", ", orderingColumn = _ordering");
        String schema = SCHEMA + ", version INT";

        Committed first = upserts.commit(sink, upserts.rows(schema, row(1L, "a", 0, 1), row(1L, "b", 0, 2)));
        Committed late = upserts.commit(sink, upserts.rows(schema, row(1L, "late", 0, 1)));

        assertThat(upserts.content()).containsExactly("[1,b,0,[2]]");
        assertThat(first.details()).containsEntry("columns-added", List.of("_ordering STRUCT<version: INT>"));
        assertThat(late.counts()).isEqualTo(new Counts(0, 0, 0, 1, 0));
    }

    @Test
    void anOrderingColumnOfATypeThatIcebergHasNotIsRefused() {
        Sink sink = upserts.sinkBy("smallint(version)", ", orderingColumn = _ordering");

        assertThat(upserts.refusal(sink, upserts.rows(SCHEMA + ", version INT", row(1L, "a", 0, 1))))
                .isEqualTo("entity d/events/v1 (Iceberg at file:" + folder + "/raw/events, table "
                        + upserts.lake.table()
                        + "): cannot have a column _ordering of type SMALLINT, which Iceberg would"
                        + " make INT; cast it to that");
        assertThat(upserts.lake.rows().columns()).containsExactly("id", "name", "number");
    }

    @Test
    void lastBatchWinsWhereTheTableLacksTheOrdering() {
        Sink sink = upserts.sinkBy("version", "");
        String schema = SCHEMA + ", version INT";

        upserts.commit(sink, upserts.rows(schema, row(1L, "a", 0, 1), row(1L, "b", 0, 2)));
        Committed late = upserts.commit(sink, upserts.rows(schema, row(1L, "late", 0, 1)));

        assertThat(upserts.content()).containsExactly("[1,late,0]");
        assertThat(late.warnings())
                .containsExactly(
                        "orderingExpression \"version\" needs version, which the table does not have: among rows"
                                + " of different batches the last batch wins, even with older rows; set orderingColumn to keep"
                                + " the ordering in a column of the table");
    }

    @Test
    void policiesSayWhatBecomesOfRowsWhosePlaceIsNotClear() {
        Sink sink = upserts.sink(
                ", onTie = deadLetter, onNullKey = deadLetter, onNullOrdering = deadLetter, onStale = deadLetter");
        upserts.commit(sink, upserts.rows(SCHEMA, row(1L, "a", 5)));

        Committed second = upserts.commit(
                sink,
                upserts.rows(
                        SCHEMA,
                        row(1L, "late", 4),
                        row(2L, "x", 9),
                        row(2L, "y", 9),
                        row(2L, "clear", 7),
                        row(null, "keyless", 1),
                        row(3L, "unordered", null),
                        row(4L, "new", 1)));

        assertThat(upserts.content()).containsExactly("[1,a,5]", "[2,clear,7]", "[4,new,1]");
        assertThat(second.counts()).isEqualTo(new Counts(2, 0, 5, 0, 0));
        assertThat(upserts.letters)
                .extracting(letter -> letter.replaceAll(".*\"name\":\"(\\w+)\".*\"reason_code\":\"(\\w+)\".*", "$1 $2"))
                .containsExactlyInAnyOrder(
                        "late STALE",
                        "x ORDERING_TIE",
                        "y ORDERING_TIE",
                        "keyless NULL_KEY",
                        "unordered NULL_ORDERING");
    }

    @Test
    void nullIsAKeyWhereItIsAllowedAndAnEqualOrderingMayStay() {
        Sink sink = upserts.sink(", onNullKey = allow, onEqualOrdering = keepExisting");
        upserts.commit(sink, upserts.rows(SCHEMA, row(null, "a", 1), row(5L, "b", 1)));

        Committed second = upserts.commit(sink, upserts.rows(SCHEMA, row(null, "c", 2), row(5L, "same", 1)));

        assertThat(upserts.content()).containsExactly("[5,b,1]", "[null,c,2]");
        assertThat(second.counts()).isEqualTo(new Counts(1, 0, 0, 1, 0));
    }

    @Test
    void whatAPolicyRefusesLeavesTheTableAsItIs() {
        Sink sink = upserts.sink(", onTie = fail");

        assertThat(upserts.refusal(sink, upserts.rows(SCHEMA, row(1L, "a", 1), row(1L, "b", 1))))
                .isEqualTo("entity d/events/v1: the batch is refused\n"
                        + "  1 keys have different rows with the same greatest ordering (number), for example {\"id\":1};"
                        + " order them by something finer, or set onTie to pickOne or deadLetter");
        assertThat(upserts.content()).isEmpty();
    }

    @Test
    void aTableOfDeletesIsMergedToo() {
        Sink sink = upserts.sink("");
        upserts.commit(sink, upserts.rows(SCHEMA, row(1L, "a", 1), row(2L, "b", 1)));
        spark.sql("ALTER TABLE " + upserts.lake.table()
                + " SET TBLPROPERTIES ('format-version' = '2', 'write.merge.mode' = 'merge-on-read')");

        Committed second = upserts.commit(sink, upserts.rows(SCHEMA, row(2L, "B", 2), row(3L, "c", 1)));

        assertThat(upserts.content()).containsExactly("[1,a,1]", "[2,B,2]", "[3,c,1]");
        assertThat(second.details())
                .containsEntry("inserted", 1L)
                .containsEntry("updated", 1L)
                .containsEntry("files-rewritten", 0L);
    }

    @Test
    void columnsWithADefaultAreFilledInNewRowsAndKeptInOldOnes() throws Exception {
        Sink sink = upserts.sink("");
        upserts.commit(sink, upserts.rows(SCHEMA, row(1L, "a", 1)));
        spark.sql("ALTER TABLE " + upserts.lake.table() + " SET TBLPROPERTIES ('format-version' = '3')");
        Spark3Util.loadIcebergTable(spark, upserts.lake.table())
                .updateSchema()
                .addColumn("state", Types.StringType.get(), Expressions.lit("new"))
                .commit();
        spark.catalog().refreshTable(upserts.lake.table());
        spark.sql("UPDATE " + upserts.lake.table() + " SET state = 'seen'");

        upserts.commit(sink, upserts.rows(SCHEMA, row(1L, "a", 2), row(2L, "b", 1)));

        assertThat(upserts.content()).containsExactly("[1,a,2,seen]", "[2,b,1,new]");
    }

    @Test
    void isolationThatLetsTwoRowsOfAKeyInIsWarnedOf() {
        Sink sink = upserts.sink("");
        upserts.commit(sink, upserts.rows(SCHEMA, row(1L, "a", 1)));
        spark.sql("ALTER TABLE " + upserts.lake.table()
                + " SET TBLPROPERTIES ('write.merge.isolation-level' = 'snapshot')");

        Committed second = upserts.commit(sink, upserts.rows(SCHEMA, row(1L, "b", 2)));

        assertThat(second.warnings())
                .containsExactly("Iceberg table " + upserts.lake.table()
                        + " has write.merge.isolation-level = snapshot: where two writers add one key at the same time, both"
                        + " rows stay; set it to serializable");
    }

    @Test
    void whatIsForDeltaTablesIsRefusedWhenItIsPlanned() {
        assertThatThrownBy(() -> upserts.sink(
                        ", compactFrequency = 2, compactNumFile = 1, retentionHours = 24, vacuumFrequency = 3"))
                .hasMessageContaining(
                        "compactFrequency: is for Delta tables; have an Iceberg table compacted by millrace compact, or by the action rewrite_dataset of a workflow")
                .hasMessageContaining(
                        "vacuumFrequency: is for Delta tables; have an Iceberg table freed of old files by the action expire_snapshots of a workflow");
        assertThat(folder).isEmptyDirectory();
    }
}
