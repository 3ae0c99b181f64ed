package io.millrace.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.Counts;
import io.millrace.spi.Sink;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.transforms.Transforms;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Its rows are found whatever the files that hold them were partitioned by. */
    @Test
    void partitionsAreReplacedAmongFilesOfOtherPartitionsToo() {
        Writes.run(
                lake.sink(table, "partition-by = [hour(at)]"),
                "one",
                moments(
                        "a 2024-01-01T10:00:00",
                        "b 2024-01-01T11:00:00",
                        "c 2024-01-02T10:00:00",
                        "z 1969-12-31T23:00:00"));
        lake.table(table)
                .updateSpec()
                .removeField("at_hour")
                .addField(Expressions.day("at"))
                .commit();
        Sink daily = lake.sink(table, "save-mode = overwrite, overwrite = dynamic, partition-by = [day(at)]");

        Writes.run(daily, "two", moments("d 2024-01-01T12:00:00", "y 1969-12-31T01:00:00"));
        Writes.run(daily, "three", moments("e 2024-01-01T13:00:00", "n null"));
        Writes.run(daily, "four", moments("o null"));

        assertThat(names()).containsExactly("c", "e", "o", "y");
    }

    @Test
    void rowsInFilesThatReachBeyondThePartitionAreNotPassedOverInSilence() {
        Writes.run(
                lake.sink(table, "partition-by = [year(at)]"),
                "one",
                moments("a 2024-01-01T10:00:00", "b 2024-05-01T11:00:00", "c 2023-05-01T11:00:00"));
        lake.table(table)
                .updateSpec()
                .removeField("at_year")
                .addField(Expressions.day("at"))
                .commit();
        Sink daily = lake.sink(table, "save-mode = overwrite, overwrite = dynamic");

        CommitOutcome refused = Writes.run(daily, "two", moments("d 2024-01-01T12:00:00"));
        Writes.run(daily, "three", moments("e 2025-01-01T12:00:00"));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .hasMessageMatching(
                                        Pattern.quote(
                                                        "cannot commit to Iceberg table " + table
                                                                + ": rows of the partitions that the batch replaces lie in files that have rows of other partitions too, because"
                                                                + " they were written before the table was partitioned by day(at) AS at_day, such as ")
                                                + "\\S+/at_year=2024/\\S+\\.parquet"
                                                + Pattern.quote(
                                                        "; nothing is replaced. Let the action rewrite_dataset of a workflow rewrite these files"
                                                                + " (properties { rewrite-all = true }, where for a part of the table), then run it again")));
        assertThat(names()).containsExactly("a", "b", "c", "e");

        lake.act(daily, "rewrite_dataset", "properties { rewrite-all = true }");
        Writes.run(daily, "two", moments("d 2024-01-01T12:00:00"));
        assertThat(names()).containsExactly("b", "c", "d", "e");
    }

    @ParameterizedTest
    @CsvSource({"bucket[4], part, false", "truncate[1], name, false", "identity, part, true", "identity, name, true"})
    void partitionsAreReplacedInATableThatHadNoneWhereStatisticsTellTheirRows(
            String transform, String column, boolean told) {
        Writes.run(lake.sink(table, ""), "one", rows("b 2"));
        lake.table(table)
                .updateSpec()
                .addField(Expressions.transform(column, Transforms.fromString(transform)))
                .commit();
        Sink sink = lake.sink(table, "save-mode = overwrite, overwrite = dynamic");

        CommitOutcome outcome = Writes.run(sink, "two", rows("b 2"));
        Writes.run(sink, "three", rows("b 2"));

        assertThat(outcome).isInstanceOf(told ? Committed.class : Rejected.class);
        assertThat(content()).containsExactly("b 2");
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

    private List<String> names() {
        return lake.rows(table).select("name").collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    /** Rows of a name and a moment. */
    private Dataset<Row> moments(String... texts) {
        return spark.createDataset(List.of(texts), Encoders.STRING())
                .selectExpr("split(value, ' ')[0] AS name", "TRY_CAST(split(value, ' ')[1] AS TIMESTAMP) AS at");
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
