package io.millrace.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.internal.spark.rows.CountedRows;
import io.millrace.internal.spark.rows.CountedRows.Count;
import io.millrace.model.SchemaContract;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.Counts;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class MergeIT {

    private static final String UPSERT =
            """
            save-mode = merge
            merge { on = "t.id = s.id", when = ["MATCHED AND s.name IS NULL THEN DELETE", "WHEN MATCHED THEN UPDATE SET *", "NOT MATCHED THEN INSERT *"] }
            """;

    private final SparkSession spark;
    private final Lake lake;
    private final String table;

    MergeIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.lake = new Lake(spark, folder);
        this.table = lake.newTable();
    }

    @Test
    void rowsAreMergedOnce() {
        Sink sink = lake.sink(table, UPSERT);
        Writes.run(sink, "one", rows("(1, 'a'), (2, 'b'), (3, 'c')"));

        CommitOutcome second = Writes.run(sink, "two", rows("(2, 'B'), (3, NULL), (4, 'd')"));
        CommitOutcome again = Writes.run(sink, "one", rows("(1, 'a'), (2, 'b'), (3, 'c')"));

        assertThat(sink.description()).isEqualTo("Iceberg table " + table + ", merge on t.id = s.id");
        assertThat(second).isInstanceOfSatisfying(Committed.class, committed -> {
            assertThat(committed.counts()).isEqualTo(Counts.committed(3));
            assertThat(committed.details())
                    .containsEntry("rows inserted", 1L)
                    .containsEntry("rows updated", 1L)
                    .containsEntry("rows deleted", 1L);
        });
        assertThat(again).isInstanceOf(AlreadyCommitted.class);
        assertThat(content()).containsExactly("[1,a]", "[2,B]", "[4,d]");
    }

    @Test
    void rowsThatAreCountedOnTheirWayAreComputedOnce() {
        Sink sink = lake.sink(table, UPSERT);
        Writes.run(sink, "one", rows("(1, 'a'), (2, 'b')"));
        CountedRows counted = CountedRows.of(rows("(2, 'B'), (3, 'c')"), Count.all("rows"));

        CommitOutcome merged = Writes.run(sink, "two", counted.rows());

        assertThat(merged).isInstanceOfSatisfying(Committed.class, done -> assertThat(done.counts())
                .isEqualTo(Counts.committed(2)));
        assertThat(counted.count("rows")).isEqualTo(2);
        assertThat(content()).containsExactly("[1,a]", "[2,B]", "[3,c]");
    }

    @Test
    void aTableOfDeletesIsMergedToo() {
        Sink sink = lake.sink(table, UPSERT + "properties { write.merge.mode = merge-on-read }");
        Writes.run(sink, "one", rows("(1, 'a'), (2, 'b')"));

        Writes.run(sink, "two", rows("(2, 'B')"));
        CommitOutcome again = Writes.run(sink, "two", rows("(2, 'B')"));

        assertThat(again).isInstanceOf(AlreadyCommitted.class);
        assertThat(lake.table(table).currentSnapshot().summary()).containsEntry("added-delete-files", "1");
        assertThat(content()).containsExactly("[1,a]", "[2,B]");
    }

    @Test
    void aStreamsLastBatchIsKnownAfterItsSnapshotHasExpired() {
        Sink sink = lake.model(table, UPSERT).sink(new IcebergPlugin(), RunMode.STREAM);
        Writes.stream(sink, 7, rows("(1, 'a')"));
        Writes.run(sink, "two", rows("(2, 'b')"));
        lake.table(table)
                .expireSnapshots()
                .expireOlderThan(Long.MAX_VALUE)
                .retainLast(1)
                .commit();

        CommitOutcome again = Writes.stream(sink, 7, rows("(1, 'z')"));

        assertThat(again).isEqualTo(new AlreadyCommitted("a snapshot that has expired"));
        assertThat(content()).containsExactly("[1,a]", "[2,b]");
    }

    @Test
    void aBranchIsMergedBesideTheTable() {
        Writes.run(lake.sink(table, ""), "one", rows("(1, 'a')"));

        Writes.run(lake.sink(table, UPSERT + "branch = audit"), "two", rows("(1, 'A'), (2, 'b')"));

        assertThat(content()).containsExactly("[1,a]");
        assertThat(lake.read(table, "branch = audit").count()).isEqualTo(2);
    }

    @Test
    void aMergeThatHasNothingToDoIsCommitted() {
        Writes.run(lake.sink(table, ""), "one", rows("(1, 'a')"));
        Sink sink = lake.sink(
                table, "save-mode = merge, merge { on = \"t.id = s.id\", when = [\"MATCHED THEN UPDATE SET *\"] }");

        CommitOutcome outcome = Writes.run(sink, "two", rows("(2, 'b')"));

        assertThat(outcome).isInstanceOfSatisfying(Committed.class, committed -> assertThat(committed.counts())
                .isEqualTo(Counts.committed(1)));
        assertThat(content()).containsExactly("[1,a]");
    }

    @Test
    void aContractThatEvolvesGivesTheTableNewColumns() {
        Writes.run(lake.sink(table, ""), "one", rows("(1, 'a')"));
        Sink sink = lake.model(table, UPSERT)
                .withNewColumns(SchemaContract.Policy.EVOLVE)
                .sink(new IcebergPlugin(), RunMode.BATCH);

        CommitOutcome outcome = Writes.run(sink, "two", rows("(2, 'b')").selectExpr("*", "5 AS points"));

        assertThat(outcome).isInstanceOf(Committed.class);

        assertThat(content()).containsExactly("[1,a,null]", "[2,b,5]");
    }

    @Test
    void severalRowsOfTheBatchForOneOfTheTableAreRefused() {
        Writes.run(lake.sink(table, ""), "one", rows("(1, 'a')"));

        CommitOutcome outcome = Writes.run(lake.sink(table, UPSERT), "two", rows("(1, 'x'), (1, 'y')"));

        assertThat(outcome).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.reason())
                .hasMessageStartingWith(
                        "cannot merge into Iceberg table " + table + ": [MERGE_CARDINALITY_VIOLATION]"));
        assertThat(content()).containsExactly("[1,a]");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() ->
                        lake.sink(table, "save-mode = merge, merge { on = \"t.id =\", when = [\"MATCHED DELETE\"] }"))
                .hasMessage(
                        """
                        test.conf:2:28  merge.on: is not an expression of Spark SQL: Syntax error at or near end of input.
                            t.id =
                                  ^
                        test.conf:2:43  merge.when: is not what MERGE takes: Syntax error at or near 'DELETE'.
                            MERGE INTO t t USING s s ON true WHEN MATCHED DELETE
                                                                          ^\
                        """);
        assertThatThrownBy(() -> lake.sink(table, "save-mode = merge"))
                .hasMessage(
                        "test.conf  merge: is missing: save-mode = merge needs it; to keep one row for each key write save-mode = upsert");
        assertThatThrownBy(() -> lake.sink(table, "merge { on = \"t.id = s.id\" }"))
                .hasMessage(
                        """
                        test.conf:2:1  merge.when: is missing: what is done, such as "MATCHED THEN UPDATE SET *", "NOT MATCHED THEN INSERT *"
                        test.conf:2:1  merge: is for save-mode = merge\
                        """);
    }

    private List<String> content() {
        return lake.rows(table).collectAsList().stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }

    private Dataset<Row> rows(String values) {
        return spark.sql("SELECT * FROM VALUES " + values + " AS t(id, name)");
    }
}
