package io.millrace.iceberg.internal.entity;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.iceberg.Writes;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.Counts;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCommitHistory;
import io.millrace.spi.SupportsCompaction;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class IcebergFormatIT {

    private final SparkSession spark;
    private final EntityLake lake;

    IcebergFormatIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.lake = new EntityLake(spark, folder, "id BIGINT NOT NULL, day STRING", ", partition-by = [day]");
    }

    @Test
    void rowsAreAddedOnce() {
        Sink sink = lake.sink("append");

        assertThat(write(sink, "one", rows(0, 3)))
                .isInstanceOfSatisfying(Committed.class, committed -> assertThat(committed.counts())
                        .isEqualTo(Counts.committed(3)));
        assertThat(write(sink, "two", rows(3, 5))).isInstanceOf(Committed.class);
        assertThat(write(sink, "one", rows(0, 3))).isInstanceOf(AlreadyCommitted.class);

        assertThat(ids()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(((SupportsCommitHistory) sink).lastBatches(spark, Writes.OUTPUT))
                .containsOnlyKeys("one", "two");
        assertThat(spark.table(lake.table() + ".files")
                        .select("partition.day")
                        .distinct()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void theOtherSaveModesDecideByWhatIsThere() {
        assertThat(write(lake.sink("errorIfExists"), "one", rows(0, 3))).isInstanceOf(Committed.class);
        assertThat(write(lake.sink("errorIfExists"), "one", rows(0, 3))).isInstanceOf(AlreadyCommitted.class);
        assertThat(write(lake.sink("errorIfExists"), "two", rows(3, 5)))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.reason())
                        .hasMessage(lake.words() + " holds rows already, and the save mode is errorIfExists"));
        assertThat(write(lake.sink("ignore"), "three", rows(3, 5)))
                .isEqualTo(new Committed("", new Counts(0, 2, 0, 0, 0)));
        assertThat(ids()).containsExactly(0L, 1L, 2L);

        assertThat(write(lake.sink("overwrite"), "four", rows(3, 5))).isInstanceOf(Committed.class);
        assertThat(ids()).containsExactly(3L, 4L);
        assertThat(write(lake.sink("overwrite"), "four", rows(3, 5))).isInstanceOf(AlreadyCommitted.class);
    }

    @Test
    void newColumnsAreAddedUnderAContract() {
        write(lake.sink("append"), "one", rows(0, 1));
        Sink sink = lake.sink("writerType = parallelWrite, saveMode = append", "contract { table = evolve }");

        write(sink, "two", rows(1, 2).selectExpr("id", "day", "id * 2 AS twice"));

        assertThat(lake.rows().columns()).containsExactly("id", "day", "twice");
        assertThat(lake.rows().orderBy("id").selectExpr("id", "twice").collectAsList())
                .hasToString("[[0,null], [1,2]]");
    }

    @Test
    void smallFilesAreCompacted() {
        Sink sink = lake.sink("append");
        write(sink, "one", rows(0, 4));
        write(sink, "two", rows(4, 8));

        CompactionResult result = ((SupportsCompaction) sink).compact(spark, CompactionRequest.all());

        assertThat(result.folders()).hasSize(1);
        assertThat(result.folders().get(0).filesAfter()).isEqualTo(2);
        assertThat(ids()).hasSize(8);
    }

    @Test
    void whatLiesInTheEntitysPlaceBecomesItsContent() {
        write(lake.sink("append"), "one", rows(0, 3));
        Spark3Util.loadIcebergCatalog(spark, lake.catalog()).dropTable(TableIdentifier.of("raw", "events"), false);

        assertThat(write(lake.sink("append"), "one", rows(0, 3))).isInstanceOf(AlreadyCommitted.class);
        assertThat(ids()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aTableInAnotherPlaceIsRefused() {
        write(lake.sink("append"), "one", rows(0, 1));
        spark.sql("ALTER TABLE " + lake.table() + " SET LOCATION '" + lake.folder() + "/elsewhere'");

        assertThat(write(lake.sink("append"), "two", rows(1, 2)))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.reason())
                        .hasMessageContaining("its location is file:" + lake.folder()
                                + "/raw/events, but table raw.events lies at " + lake.folder() + "/elsewhere"));
    }

    private CommitOutcome write(Sink sink, String request, Dataset<Row> rows) {
        return Writes.run(sink, request, rows);
    }

    private Dataset<Row> rows(long from, long to) {
        return spark.range(from, to, 1, 1).selectExpr("id", "concat('d', id % 2) AS day");
    }

    private List<Long> ids() {
        return lake.rows().select("id").collectAsList().stream()
                .map(row -> row.getLong(0))
                .sorted()
                .toList();
    }
}
