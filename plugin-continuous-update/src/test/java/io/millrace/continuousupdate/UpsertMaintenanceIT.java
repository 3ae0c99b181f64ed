package io.millrace.continuousupdate;

import static io.millrace.continuousupdate.TestTable.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.Compaction;
import io.millrace.catalog.ContinuousUpdate.Vacuum;
import io.millrace.catalog.EntityFormat;
import io.millrace.parallelwrite.ColdTarget;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.RunMode;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Compaction and clean-up, counted in committed batches. */
@ExtendWith(MillraceSession.class)
@Tag("thorough")
class UpsertMaintenanceIT {

    private static final String SCHEMA = "id BIGINT, number INT";

    private final SparkSession spark;
    private final TestTable table;

    UpsertMaintenanceIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.table = new TestTable(spark, folder, SCHEMA);
    }

    /** Each run writes one batch, whose number is 0, with a writer of its own. */
    private Committed run(ContinuousUpdate settings, int run) {
        return (Committed) table.write(
                settings, table.rows(SCHEMA, row((long) run, run)), new BatchId(TestTable.OUTPUT, "run-" + run, 0));
    }

    @Test
    void compactsAfterSoManyBatchesAlsoOverRuns() {
        ContinuousUpdate settings = ContinuousUpdate.on(List.of("id"), "number")
                .compaction(new Compaction(3, 1))
                .build();

        Committed first = run(settings, 1);
        run(settings, 2);
        Committed third = run(settings, 3);
        Committed fourth = run(settings, 4);

        assertThat(first.details()).doesNotContainKey("maintenance");
        assertThat(third.details()).containsEntry("maintenance", List.of("compaction: 3 files into 1"));
        assertThat(third.commit()).isEqualTo("version 3");
        assertThat(fourth.details()).doesNotContainKey("maintenance");
        assertThat(table.delta().detail().select("numFiles").head().getLong(0)).isEqualTo(2);
        assertThat(table.content()).containsExactly("[1,1]", "[2,2]", "[3,3]", "[4,4]");
    }

    @Test
    void deletesOldFilesAfterSoManyBatches() {
        ContinuousUpdate settings = ContinuousUpdate.on(List.of("id"), "number")
                .vacuum(new Vacuum(2, 168))
                .build();
        table.commit(settings, table.rows(SCHEMA, row(1L, 1)));

        Committed second = table.commit(settings, table.rows(SCHEMA, row(1L, 2)));

        assertThat(second.warnings()).isEmpty();
        assertThat(second.details())
                .containsEntry("maintenance", List.of("vacuum: files unused for 168 hours deleted"));
        assertThat(table.delta().history().select("operation").collectAsList())
                .extracting(row -> row.getString(0))
                .startsWith("VACUUM END", "VACUUM START", "MERGE", "MERGE");
    }

    @Test
    void whatFailsIsAWarningOfABatchThatIsCommitted() {
        ContinuousUpdate settings = ContinuousUpdate.on(List.of("id"), "number")
                .vacuum(new Vacuum(1, 1))
                .build();

        Committed committed = table.commit(settings, table.rows(SCHEMA, row(1L, 1)));

        assertThat(committed.details()).doesNotContainKey("maintenance");
        assertThat(committed.warnings())
                .containsExactly("vacuum of entity sales/orders/v1 at " + table.target.location()
                        + " did not run: retentionHours = 1 is less than the table keeps files; set it higher, or the"
                        + " table's property delta.deletedFileRetentionDuration lower");
        assertThat(table.content()).containsExactly("[1,1]");
    }

    @Test
    void aShorterRetentionNeedsTheTablesConsent() {
        ContinuousUpdate settings = ContinuousUpdate.on(List.of("id"), "number")
                .vacuum(new Vacuum(2, 1))
                .build();
        table.commit(settings, table.rows(SCHEMA, row(1L, 1)));
        spark.sql("ALTER TABLE delta.`" + table.target.location()
                + "` SET TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 1 hours')");

        Committed second = table.commit(settings, table.rows(SCHEMA, row(1L, 2)));

        assertThat(second.warnings()).isEmpty();
        assertThat(second.details()).containsEntry("maintenance", List.of("vacuum: files unused for 1 hours deleted"));
    }

    /** The plan says so where the catalog declares the entity's format. */
    @Test
    void anotherFormatIsRefusedWhereTheEntityNamesIt() {
        ContinuousUpdate settings = ContinuousUpdate.on(List.of("id"), "number")
                .compaction(new Compaction(3, 1))
                .vacuum(new Vacuum(1, 1))
                .build();
        ColdTarget iceberg = new ColdTarget(
                "sales/orders/v1",
                EntityFormat.ICEBERG,
                "/lake/orders",
                "lake.orders",
                new StructType(),
                List.of(),
                Map.of());
        Batch batch = new Batch(
                new BatchId(TestTable.OUTPUT, "r", 0), table.rows(SCHEMA, row(1L, 1)), RunMode.BATCH, table.letters);

        CommitOutcome outcome = table.writer(settings).write(batch, iceberg);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        CommitOutcome.Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .hasMessage(
                                        """
                        entity sales/orders/v1 (Iceberg at /lake/orders, table lake.orders): this cannot be done
                          compactFrequency is for Delta tables; have an Iceberg table compacted by millrace compact, or by the action rewrite_dataset of a workflow
                          vacuumFrequency is for Delta tables; have an Iceberg table freed of old files by the action expire_snapshots of a workflow\
                        """));
    }
}
