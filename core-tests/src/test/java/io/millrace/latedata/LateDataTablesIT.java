package io.millrace.latedata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.Millrace;
import io.millrace.config.MillraceException;
import io.millrace.latedata.DueSlice.Due;
import io.millrace.latedata.LateDataRequest.Backfills;
import io.millrace.plan.PipegraphPlan;
import io.millrace.slices.SliceListener;
import io.millrace.slices.SliceResult.Status;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are partitioned otherwise than by a date, or not at all. */
@ExtendWith(MillraceSession.class)
class LateDataTablesIT {

    private final SparkSession session;
    private final Path folder;

    LateDataTablesIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    private void load(String rows, String... partitions) {
        session.sql("SELECT * FROM VALUES " + rows)
                .toDF("id", "n", "region")
                .write()
                .format("delta")
                .mode("append")
                .partitionBy(partitions)
                .save(folder.resolve("source").toString());
    }

    private PipegraphPlan plan(String partitionBy, String condition, String lateData) throws IOException {
        return plan(text(partitionBy, condition, lateData));
    }

    private PipegraphPlan plan(String text) throws IOException {
        return Millrace.on(session).plan(Files.writeString(folder.resolve("parts.conf"), text));
    }

    private String text(String partitionBy, String condition, String lateData) {
        return """
                pipegraph {
                  name = parts, state = "FOLDER/state"
                  models {
                    source { product = table, value { path = "FOLDER/source" } }
                    copy { product = table, value { path = "FOLDER/copy", partition-by = [n, region] } }
                  }
                  etls = [ {
                    name = one-part, inputs { source = source }
                    steps = [ { name = chosen, sql = "SELECT * FROM source WHERE CONDITION" } ]
                    outputs = [ { model = copy, replaces = "CONDITION" } ]
                  } ]
                }
                late-data { input = source, partition-by = BY LATE }
                """
                .replace("CONDITION", condition)
                .replace("BY", partitionBy)
                .replace("LATE", lateData)
                .replace("FOLDER", folder.toString());
    }

    private List<DueSlice> due(PipegraphPlan plan) {
        try (LateDataRunner runner = new LateDataRunner(session, plan, SliceListener.NONE)) {
            return runner.due();
        }
    }

    private void assertCopied() {
        String source = "delta.`" + folder.resolve("source") + "`";
        String copy = "delta.`" + folder.resolve("copy") + "`";
        assertThat(session.sql("SELECT id, n, region FROM " + source + " EXCEPT ALL SELECT id, n, region FROM " + copy)
                        .count())
                .isZero();
        assertThat(session.table(copy).count()).isEqualTo(session.table(source).count());
    }

    @Test
    void twoColumnsWithNullsNumbersAndSpecialCharactersAreSlices() throws IOException {
        load("(1, 2, 'eu'), (2, 10, 'a/b=c d'), (3, 2, NULL), (4, NULL, 'eu'), (5, 10, '100 %')", "n", "region");
        PipegraphPlan plan = plan("[n, region]", "n <=> :n AND region <=> :region", ", ready = at-once");

        assertThat(due(plan))
                .extracting(DueSlice::name)
                .containsExactly(
                        "n=__HIVE_DEFAULT_PARTITION__/region=eu",
                        "n=2/region=__HIVE_DEFAULT_PARTITION__",
                        "n=2/region=eu",
                        "n=10/region=100 %25",
                        "n=10/region=a%2Fb%3Dc d");
        try (LateDataRunner runner = new LateDataRunner(session, plan, SliceListener.NONE)) {
            assertThat(runner.run(LateDataRequest.all()).having(Status.DONE)).hasSize(5);
            assertCopied();

            load("(6, 2, NULL), (7, 10, 'a/b=c d')", "n", "region");
            assertThat(runner.run(LateDataRequest.all()).having(Status.DONE))
                    .extracting(result -> result.slice().name())
                    .containsExactly("n=2/region=__HIVE_DEFAULT_PARTITION__", "n=10/region=a%2Fb%3Dc d");
            assertCopied();
        }
    }

    @Test
    @Tag("thorough")
    void anotherSchemaIsNoLateData() throws IOException {
        load("(1, 2, 'eu'), (2, 9, 'eu')", "n", "region");
        PipegraphPlan plan = plan("[n, region]", "n <=> :n AND region <=> :region", ", ready = at-once");
        try (LateDataRunner runner = new LateDataRunner(session, plan, SliceListener.NONE)) {
            assertThat(runner.run(LateDataRequest.all()).having(Status.DONE)).hasSize(2);
            String source = "delta.`" + folder.resolve("source") + "`";
            session.sql("ALTER TABLE " + source + " ADD COLUMNS (note STRING)");
            assertThat(due(plan)).isEmpty();

            session.sql("INSERT INTO " + source + " (id, n, region, note) VALUES (3, 9, 'eu', 'late')");
            assertThat(runner.run(LateDataRequest.all()).having(Status.DONE))
                    .extracting(result -> result.slice().name())
                    .containsExactly("n=9/region=eu");
            assertCopied();
        }
    }

    @Test
    @Tag("thorough")
    void aPartitionColumnThatIsRenamedIsNoticed() throws IOException {
        session.sql("CREATE TABLE delta.`" + folder.resolve("source") + "` (id INT, n INT, region STRING) USING delta"
                + " PARTITIONED BY (n) TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");
        load("(1, 2, 'eu'), (2, 9, 'eu')", "n");
        PipegraphPlan plan = plan("n", "n = :n", ", ready = at-once");
        try (LateDataRunner runner = new LateDataRunner(session, plan, SliceListener.NONE)) {
            assertThat(runner.run(LateDataRequest.all()).having(Status.DONE)).hasSize(2);
        }
        session.sql("ALTER TABLE delta.`" + folder.resolve("source") + "` RENAME COLUMN n TO number");
        String table = "Delta table in " + folder.resolve("source");
        assertThatThrownBy(() -> due(plan))
                .isInstanceOf(MillraceException.class)
                .hasMessage(table + " is not partitioned by n (late-data.partition-by), but by number");

        PipegraphPlan renamed = plan(text("number", "number = :number", ", ready = at-once")
                .replace("/copy", "/renamed")
                .replace("[n, region]", "[number]"));
        assertThatThrownBy(() -> due(renamed))
                .isInstanceOf(MillraceException.class)
                .hasMessage(
                        "slices of " + table + " were told apart by n before, and now are by number."
                                + " Run late-data run with --reconcile once: it looks at the table anew, and runs every slice that was done once more");
        try (LateDataRunner runner = new LateDataRunner(session, renamed, SliceListener.NONE)) {
            LateDataResult again = runner.run(new LateDataRequest(List.of(), Backfills.RUN, true));
            assertThat(again.having(Status.DONE))
                    .extracting(result -> result.slice().name())
                    .containsExactly("number=2", "number=9");
            assertThat(again.left()).isEmpty();
        }
    }

    @Test
    void aNumberIsReadyWhenAGreaterOneIsThere() throws IOException {
        load("(1, 2, 'eu'), (2, 9, 'eu'), (3, 10, 'eu')", "n");

        assertThat(due(plan("n", "n = :n", "")))
                .extracting(DueSlice::name, DueSlice::due)
                .containsExactly(tuple("n=2", Due.NEW), tuple("n=9", Due.NEW), tuple("n=10", Due.NOT_READY));
    }

    @Test
    void whatIsNoDateIsNoSliceOfADate() throws IOException {
        load("(1, DATE'2024-01-01', 'eu'), (2, NULL, 'eu'), (3, DATE'2024-01-04', 'eu')", "n");

        assertThat(due(plan("n", "n = :run_date", "")))
                .extracting(DueSlice::name, DueSlice::due, DueSlice::reason)
                .containsExactly(
                        tuple("n=__HIVE_DEFAULT_PARTITION__", Due.NO_SLICE, "rows without a date belong to no slice"),
                        tuple("2024-01-01", Due.NEW, "was not run yet"),
                        tuple("2024-01-02..2024-01-03", Due.ABSENT, "the table has no such partition"),
                        tuple(
                                "2024-01-04",
                                Due.NOT_READY,
                                "is the newest; it is ready when the table has a later one"));
    }

    @Test
    void aTableThatIsNotPartitionedLikeThatIsRefused() throws IOException {
        load("(1, 2, 'eu')");
        PipegraphPlan plan = plan("n", "n = :n", "");
        String table = "Delta table in " + folder.resolve("source");
        assertThatThrownBy(() -> due(plan))
                .isInstanceOf(MillraceException.class)
                .hasMessage(table
                        + " is not partitioned, so that nobody can tell which of its rows are late; partition it by n");
    }

    @Test
    void aTableThatIsPartitionedOtherwiseIsRefused() throws IOException {
        load("(1, 2, 'eu')", "region");
        PipegraphPlan plan = plan("n", "n = :n", "");
        String table = "Delta table in " + folder.resolve("source");
        assertThatThrownBy(() -> due(plan))
                .isInstanceOf(MillraceException.class)
                .hasMessage(table + " is not partitioned by n (late-data.partition-by), but by region");
    }
}
