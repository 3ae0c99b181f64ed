package io.millrace.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsTargetNotes;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What upserts of product {@code iceberg} do beside what all upserts do: the table is made, and brought to the model's layout. */
@ExtendWith(MillraceSession.class)
class IcebergUpsertIT {

    private static final String UPSERT =
            "save-mode = upsert, keys = [id], order-by = number, delete-when = \"op = 'd'\"\n";

    private final SparkSession spark;
    private final Lake lake;
    private final String table;
    private long next;

    IcebergUpsertIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.lake = new Lake(spark, folder);
        this.table = lake.newTable();
    }

    @Test
    void theFirstBatchMakesTheTable() {
        Sink sink = lake.sink(
                table, UPSERT + "partition-by = [\"bucket(4, id)\"], properties { write.merge.mode = merge-on-read }");

        List<String> before = ((SupportsTargetNotes) sink).targetNotes(spark);
        commit(sink, "(1, 'u', 5), (2, 'd', 5), (3, 'u', 1)");
        commit(sink, "(3, 'u', 2)");

        assertThat(sink.description())
                .isEqualTo(
                        "Iceberg table " + table + ", upsert by id, newest number stays, partitioned by bucket(4, id)");
        assertThat(before).containsExactly("the first batch makes the table");
        assertThat(((SupportsTargetNotes) sink).targetNotes(spark))
                .containsExactly("files can be left out by the range of id");
        assertThat(rows("")).containsExactly("[1,u,5]", "[3,u,2]");
        assertThat(lake.table(table).properties()).containsEntry("write.merge.mode", "merge-on-read");
        assertThat(lake.table(table).spec().isPartitioned()).isTrue();
    }

    @Test
    void aBranchIsUpsertedIntoBesideTheTable() {
        commit(lake.sink(table, UPSERT), "(1, 'u', 5), (2, 'u', 5)");
        Sink branch = lake.sink(table, UPSERT + "branch = audit");

        commit(branch, "(1, 'u', 6), (2, 'd', 6)");
        commit(lake.sink(table, UPSERT), "(2, 'u', 6)");
        commit(branch, "(2, 'u', 6)");

        assertThat(rows("")).containsExactly("[1,u,5]", "[2,u,6]");
        assertThat(rows(".branch_audit")).containsExactly("[1,u,6]");
    }

    @Test
    void rowsWithoutTheKeyMakeNoTable() {
        Sink sink = lake.sink(table, "save-mode = upsert, keys = [shop], order-by = number");

        CommitOutcome outcome = write(sink, "(1, 'u', 5)");

        assertThat(((Rejected) outcome).reason())
                .hasMessage("Iceberg table " + table
                        + ": the rows have no column shop to serve as a key; they have id, op, number");
        lake.register();
        assertThat(spark.catalog().tableExists(table)).isFalse();
    }

    private void commit(Sink sink, String rows) {
        assertThat(write(sink, rows)).isInstanceOf(Committed.class);
    }

    private CommitOutcome write(Sink sink, String rows) {
        return Writes.stream(sink, next++, spark.sql("SELECT * FROM VALUES " + rows + " AS t(id, op, number)"));
    }

    private List<String> rows(String branch) {
        return lake.rows(table + branch).collectAsList().stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }
}
