package io.millrace.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.Counts;
import io.millrace.spi.Sink;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class OverwriteIT {

    private final SparkSession spark;
    private final Lake lake;
    private final String table;

    OverwriteIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.lake = new Lake(spark, folder);
        this.table = lake.newTable();
    }

    @Test
    void theWholeTableIsReplacedOnce() {
        Sink sink = lake.sink(table, "save-mode = overwrite");
        Writes.run(sink, "one", rows("a 1", "b 1"));

        CommitOutcome second = Writes.run(sink, "two", rows("c 2"));
        CommitOutcome again = Writes.run(sink, "one", rows("a 1", "b 1"));

        assertThat(second).isInstanceOfSatisfying(Committed.class, committed -> {
            assertThat(committed.counts()).isEqualTo(Counts.committed(1));
            assertThat(committed.details()).containsEntry("rows replaced", 2L).containsEntry("files", 1L);
        });
        assertThat(again).isInstanceOf(AlreadyCommitted.class);
        assertThat(content()).containsExactly("c 2");
    }

    @Test
    void noRowsReplaceTheWholeTableToo() {
        Sink sink = lake.sink(table, "save-mode = overwrite");
        Writes.run(sink, "one", rows("a 1"));

        CommitOutcome outcome = Writes.run(sink, "two", rows());

        assertThat(outcome).isInstanceOfSatisfying(Committed.class, committed -> assertThat(committed.counts())
                .isEqualTo(Counts.NONE));
        assertThat(content()).isEmpty();
    }

    @Test
    void thePartitionsOfTheRowsAreReplaced() {
        Sink sink = lake.sink(table, "save-mode = overwrite, overwrite = dynamic, partition-by = [part]");
        Writes.run(sink, "one", rows("a 1", "b 2"));

        Writes.run(sink, "two", rows("c 2", "d 3"));
        Writes.run(sink, "none", rows());

        assertThat(content()).containsExactly("a 1", "c 2", "d 3");
    }

    @Test
    void aBranchIsWrittenAndReadBesideTheTable() {
        Writes.run(lake.sink(table, ""), "one", rows("a 1"));
        Sink audit = lake.sink(table, "save-mode = overwrite, branch = audit");

        Writes.run(audit, "two", rows("b 2"));
        CommitOutcome again = Writes.run(audit, "two", rows("b 2"));

        assertThat(again).isInstanceOf(AlreadyCommitted.class);
        assertThat(content()).containsExactly("a 1");
        assertThat(texts(lake.read(table, "branch = audit"))).containsExactly("b 2");
    }

    @Test
    void propertiesOfItsOwnAreOnTheSnapshot() {
        Writes.run(lake.sink(table, "options { snapshot-property.ticket = T7 }"), "one", rows("a 1"));

        assertThat(lake.table(table).currentSnapshot().summary())
                .containsEntry("ticket", "T7")
                .containsValue("shop/orders/target#one/0");
    }

    private List<String> content() {
        return texts(lake.rows(table));
    }

    private static List<String> texts(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .map(row -> row.getString(0) + " " + row.getInt(1))
                .sorted()
                .toList();
    }

    /** Rows of a name and a number. */
    private Dataset<Row> rows(String... texts) {
        return spark.createDataset(List.of(texts), Encoders.STRING())
                .selectExpr("split(value, ' ')[0] AS name", "CAST(split(value, ' ')[1] AS INT) AS part");
    }
}
