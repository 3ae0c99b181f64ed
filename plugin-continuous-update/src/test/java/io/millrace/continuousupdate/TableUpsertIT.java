package io.millrace.continuousupdate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.internal.builtin.SparkTablePlugin;
import io.millrace.model.SchemaContract;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCompaction;
import io.millrace.spi.SupportsTargetNotes;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.TestModel;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What upserts of product {@code table} do beside what all upserts do: the table is made, or refused. */
@ExtendWith(MillraceSession.class)
class TableUpsertIT {

    private static final String UPSERT = ", save-mode = upsert, keys = [id], order-by = number";

    private final SparkSession spark;
    private final Path place;
    private final Letters letters = new Letters();
    private long next;

    TableUpsertIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.place = folder.resolve("orders");
    }

    @Test
    void theFirstBatchMakesTheTable() {
        Sink sink = sink("partition-by = [day], delete-when = \"op = 'd'\"");

        List<String> before = ((SupportsTargetNotes) sink).targetNotes(spark);
        Committed first = commit(sink, "(1, 'u', 5, DATE'2024-01-03'), (2, 'd', 5, DATE'2024-01-03')");
        List<String> after = ((SupportsTargetNotes) sink).targetNotes(spark);

        assertThat(sink.description()).isEqualTo("Delta table in " + place + ", upsert by id, newest number stays");
        assertThat(before).containsExactly("the first batch makes the table");
        assertThat(after).containsExactly("files can be left out by the range of id");
        assertThat(first.details()).containsEntry("inserted", 1L);
        assertThat(rows()).containsExactly("[1,u,5,2024-01-03]");
        assertThat(place.resolve("day=2024-01-03")).isDirectory();
    }

    @Test
    void rowsWithoutTheKeyMakeNoTable() {
        Sink sink = TestModel.of("path = \"" + place + "\", save-mode = upsert, keys = [id, shop], order-by = number")
                .sink(new SparkTablePlugin(), RunMode.STREAM);

        assertThat(refusal(sink, "(1, 'u', 5, DATE'2024-01-03')"))
                .isEqualTo("Delta table in " + place
                        + ": the rows have no column shop to serve as a key; they have id, op, number, day");
        assertThat(place).doesNotExist();
    }

    @Test
    void aContractGivesTheTableTheColumnsItLacks() {
        spark.sql("CREATE TABLE delta.`" + place + "` (id INT, number INT) USING delta");
        Sink sink = TestModel.of("path = \"" + place + '"' + UPSERT)
                .withNewColumns(SchemaContract.Policy.EVOLVE)
                .sink(new SparkTablePlugin(), RunMode.STREAM);

        Committed committed = commit(sink, "(1, 'u', 5, DATE'2024-01-03')");

        assertThat(committed.details()).containsEntry("columns-added", List.of("op STRING", "day DATE"));
        assertThat(rows()).containsExactly("[1,5,u,2024-01-03]");
    }

    @Test
    void filesAreCompactedAndTheManifestIsWrittenAfterSoManyBatches() {
        Sink sink = sink("compact-frequency = 2, compact-num-file = 1, symlink-manifest = true")
                .ofRun();

        commit(sink, "(1, 'u', 5, DATE'2024-01-03')");
        Committed second = commit(sink, "(2, 'u', 5, DATE'2024-01-03')");

        assertThat(second.details()).containsEntry("maintenance", List.of("compaction: 2 files into 1"));
        assertThat(place.resolve("_symlink_format_manifest/manifest")).exists();
        assertThat(((SupportsCompaction) sink)
                        .compact(spark, CompactionRequest.all())
                        .folders())
                .isEmpty();
    }

    @Test
    void aTableThatIsNotThereAndOneOfAnotherFormatAreRefused() {
        spark.sql("CREATE TABLE upsert_parquet (id INT, op STRING, number INT, day DATE) USING parquet LOCATION '"
                + place + "'");
        try {
            assertThat(refusal(named("upsert_parquet"), "(1, 'u', 5, DATE'2024-01-03')"))
                    .isEqualTo(
                            "table upsert_parquet is not a Delta table, and an upsert changes rows in place, which its format does not allow; make it one, or write an Iceberg table by product = iceberg");
            assertThat(refusal(named("upsert_absent"), "(1, 'u', 5, DATE'2024-01-03')"))
                    .isEqualTo(
                            "table upsert_absent does not exist; create it: CREATE TABLE upsert_absent (id INT NOT NULL, op STRING NOT NULL, number INT NOT NULL, day DATE NOT NULL) USING delta");
        } finally {
            spark.sql("DROP TABLE upsert_parquet");
        }
    }

    private static Sink named(String name) {
        return TestModel.of("name = " + name + UPSERT).sink(new SparkTablePlugin(), RunMode.STREAM);
    }

    private Sink sink(String more) {
        return TestModel.of("path = \"" + place + '"' + UPSERT + ", " + more)
                .sink(new SparkTablePlugin(), RunMode.STREAM);
    }

    private Committed commit(Sink sink, String rows) {
        CommitOutcome outcome = write(sink, rows);
        assertThat(outcome).isInstanceOf(Committed.class);
        return (Committed) outcome;
    }

    private String refusal(Sink sink, String rows) {
        return ((Rejected) write(sink, rows)).reason().getMessage();
    }

    private CommitOutcome write(Sink sink, String rows) {
        return sink.write(new Batch(
                new BatchId(new OutputId("shop", "current", "orders"), "stream", next++),
                spark.sql("SELECT * FROM VALUES " + rows + " AS t(id, op, number, day)"),
                RunMode.STREAM,
                letters));
    }

    private List<String> rows() {
        return spark.read().format("delta").load(place.toString()).collectAsList().stream()
                .map(Row::toString)
                .toList();
    }
}
