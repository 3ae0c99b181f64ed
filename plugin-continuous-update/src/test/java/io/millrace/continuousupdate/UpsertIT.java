package io.millrace.continuousupdate;

import static io.millrace.continuousupdate.TestTable.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.Counts;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The meaning: one row per key, the one with the greatest ordering ever seen. */
@ExtendWith(MillraceSession.class)
class UpsertIT {

    private static final String SCHEMA = "id BIGINT, name STRING, number INT";
    private static final ContinuousUpdate BY_NUMBER = new ContinuousUpdate(List.of("id"), "number");

    private final TestTable table;

    UpsertIT(SparkSession spark, @TempDir Path folder) {
        this.table = new TestTable(spark, folder, SCHEMA);
    }

    @Test
    void insertsOne() {
        Committed committed = table.commit(BY_NUMBER, table.rows(SCHEMA, row(1L, "a", 1)));

        assertThat(table.content()).containsExactly("[1,a,1]");
        assertThat(committed.commit()).isEqualTo("version 1");
        assertThat(committed.counts()).isEqualTo(Counts.committed(1));
        assertThat(committed.warnings()).isEmpty();
        assertThat(committed.details())
                .containsEntry("rows-in", 1L)
                .containsEntry("distinct-keys", 1L)
                .containsEntry("inserted", 1L)
                .containsEntry("updated", 0L)
                .containsEntry("compared-with", "number of the stored row");
    }

    @Test
    void keepsOneOfAThousandEqualRecords() {
        List<Row> same = Collections.nCopies(1000, row(1L, "a", 1));

        Committed committed = table.commit(BY_NUMBER, table.rows(SCHEMA, same));

        assertThat(table.content()).containsExactly("[1,a,1]");
        assertThat(committed.counts()).isEqualTo(new Counts(1, 0, 0, 0, 999));
        assertThat(committed.details()).containsEntry("ties", 0L);
    }

    @Test
    void keepsTheGreatestOfTenThousandVersions() {
        List<Row> versions = IntStream.range(0, 10_000)
                .mapToObj(i -> row(1L, "v" + i, (i * 7919) % 10_000))
                .toList();

        table.commit(BY_NUMBER, table.rows(SCHEMA, versions).repartition(7));

        assertThat(table.content()).containsExactly("[1,v" + versionOf(9_999) + ",9999]");
    }

    private static int versionOf(int number) {
        return IntStream.range(0, 10_000)
                .filter(i -> (i * 7919) % 10_000 == number)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void updatesAKeyInALaterBatchAndSkipsALateRow() {
        table.commit(BY_NUMBER, table.rows(SCHEMA, row(1L, "a", 10), row(2L, "b", 10)));

        Committed committed =
                table.commit(BY_NUMBER, table.rows(SCHEMA, row(1L, "newer", 11), row(2L, "late", 9), row(3L, "c", 1)));

        assertThat(table.content()).containsExactly("[1,newer,11]", "[2,b,10]", "[3,c,1]");
        assertThat(committed.counts()).isEqualTo(new Counts(2, 0, 0, 1, 0));
        assertThat(committed.details())
                .containsEntry("inserted", 1L)
                .containsEntry("updated", 1L)
                .containsEntry("stale", 1L)
                .containsEntry("files-in-table", 1L)
                .containsEntry("files-candidate", 1L)
                .containsEntry("files-rewritten", 1L);
    }

    @Test
    void everyFigureOfABatchIsReported() {
        Committed committed = table.commit(BY_NUMBER, table.rows(SCHEMA, row(1L, "a", 10), row(2L, "b", 10)));

        assertThat(committed.details().keySet())
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
                        "files-candidate",
                        "files-scanned",
                        "files-rewritten",
                        "files-added",
                        "pruning",
                        "seconds-prepare",
                        "seconds-reduce",
                        "seconds-judge",
                        "seconds-tombstones",
                        "seconds-merge",
                        "seconds-maintain");
        assertThat(committed.details()).containsEntry("pruning", "by key range: id from 1 to 2");
    }

    @Test
    void keepsTwoKeysWithDifferentNumbersOfVersionsApart() {
        ContinuousUpdate twoKeys = new ContinuousUpdate(List.of("ID", "Name"), "number");

        table.commit(
                twoKeys,
                table.rows(
                        SCHEMA, row(1L, "a", 1), row(1L, "a", 3), row(1L, "a", 2), row(1L, "b", 1), row(2L, "a", 5)));

        assertThat(table.content()).containsExactly("[1,a,3]", "[1,b,1]", "[2,a,5]");
    }

    @Test
    void ordersByAnExpression() {
        ContinuousUpdate smallest = new ContinuousUpdate(List.of("id"), "-(number)");
        table.commit(smallest, table.rows(SCHEMA, row(1L, "a", 5), row(1L, "b", 3), row(1L, "c", 4)));

        Committed late = table.commit(smallest, table.rows(SCHEMA, row(1L, "d", 4)));
        table.commit(smallest, table.rows(SCHEMA, row(1L, "e", 2)));

        assertThat(late.counts()).isEqualTo(new Counts(0, 0, 0, 1, 0));
        assertThat(table.content()).containsExactly("[1,e,2]");
    }

    @Test
    void ordersByAStruct() {
        ContinuousUpdate byBoth = new ContinuousUpdate(List.of("id"), "struct(number, name)");
        table.commit(byBoth, table.rows(SCHEMA, row(1L, "a", 1), row(1L, "c", 1), row(1L, "b", 1), row(2L, null, 1)));

        Committed second = table.commit(byBoth, table.rows(SCHEMA, row(1L, "b", 1), row(2L, "a", 1)));

        assertThat(second.counts()).isEqualTo(new Counts(1, 0, 0, 1, 0));
        assertThat(table.content()).containsExactly("[1,c,1]", "[2,a,1]");
    }

    @Test
    void leavesOutSurplusColumnsAndFindsColumnsInAnyCase() {
        table.commit(BY_NUMBER, table.rows("NUMBER INT, extra STRING, Id BIGINT, NAME STRING", row(1, "x", 1L, "a")));

        assertThat(table.content()).containsExactly("[1,a,1]");
    }

    @Test
    void refusesRowsThatLackAColumn() {
        assertThat(table.refusal(BY_NUMBER, table.rows("id BIGINT, number STRING", row(1L, "1"))))
                .isEqualTo(
                        """
                        the rows do not fit entity sales/orders/v1:
                          column  wanted  given
                          name    STRING  (missing)
                          number  INT     STRING     write CAST(number AS INT)""");
    }

    @Test
    void lastBatchWinsWhereTheTableLacksTheOrdering() {
        ContinuousUpdate byVersion = new ContinuousUpdate(List.of("id"), "version");
        String schema = SCHEMA + ", version INT";

        Committed first = table.commit(byVersion, table.rows(schema, row(1L, "a", 0, 1), row(1L, "b", 0, 2)));
        table.commit(byVersion, table.rows(schema, row(1L, "late", 0, 1)));

        assertThat(table.content()).containsExactly("[1,late,0]");
        assertThat(first.details()).containsEntry("compared-with", "nothing: the last batch wins");
        assertThat(first.warnings())
                .containsExactly(
                        "orderingExpression \"version\" needs version, which the table does not have: among rows"
                                + " of different batches the last batch wins, even with older rows; set orderingColumn to keep"
                                + " the ordering in a column of the table");
    }

    @Test
    void keepsTheOrderingInAColumn() {
        ContinuousUpdate byVersion = ContinuousUpdate.on(List.of("id"), "struct(version)")
                .orderingColumn("_ordering")
                .build();
        String schema = SCHEMA + ", version INT";

        Committed first = table.commit(byVersion, table.rows(schema, row(1L, "a", 0, 1), row(1L, "b", 0, 2)));
        Committed late = table.commit(byVersion, table.rows(schema, row(1L, "late", 0, 1)));

        assertThat(table.content()).containsExactly("[1,b,0,[2]]");
        assertThat(first.details())
                .containsEntry("columns-added", List.of("_ordering STRUCT<version: INT>"))
                .containsEntry("compared-with", "column _ordering of the stored row");
        assertThat(late.counts()).isEqualTo(new Counts(0, 0, 0, 1, 0));
    }

    @Test
    void anEmptyBatchCommitsNothing() {
        assertThat(table.commit(BY_NUMBER, table.rows(SCHEMA))).isEqualTo(new Committed("", Counts.NONE));
        assertThat(table.versions()).isEqualTo(1);
    }
}
