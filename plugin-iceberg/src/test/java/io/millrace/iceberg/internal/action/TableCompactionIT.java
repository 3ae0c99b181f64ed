package io.millrace.iceberg.internal.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.iceberg.Lake;
import io.millrace.iceberg.Writes;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class TableCompactionIT {

    private final SparkSession spark;
    private final Lake lake;
    private final String table;

    TableCompactionIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.lake = new Lake(spark, folder);
        this.table = lake.newTable();
    }

    @Test
    void smallFilesBecomeOneAndTheBatchesStayKnown() {
        for (int run = 0; run < 3; run++) {
            Writes.run(lake.sink(table, ""), "run-" + run, rows());
        }

        CompactionResult result = lake.compact(table);

        assertThat(result.notes()).isEmpty();
        assertThat(result.folders()).singleElement().satisfies(folder -> {
            assertThat(folder.path()).isEqualTo(lake.table(table).location());
            assertThat(folder.filesBefore()).isEqualTo(3);
            assertThat(folder.filesAfter()).isEqualTo(1);
            assertThat(folder.bytesAfter())
                    .isEqualTo(Long.parseLong(
                            lake.table(table).currentSnapshot().summary().get("total-files-size")))
                    .isLessThan(folder.bytesBefore());
        });
        assertThat(Writes.run(lake.sink(table, ""), "run-1", rows())).isInstanceOf(AlreadyCommitted.class);
        assertThat(lake.rows(table).count()).isEqualTo(6);
        assertThat(lake.compact(table).folders()).isEmpty();
    }

    @Test
    void onlyThePartitionsThatAreMeantAreRewritten() {
        for (int run = 0; run < 2; run++) {
            Writes.run(lake.sink(table, "partition-by = [id]"), "run-" + run, rows());
        }

        CompactionResult result = lake.compact(table, CompactionRequest.all().where("id = 1"));

        assertThat(result.folders()).singleElement().satisfies(folder -> {
            assertThat(folder.filesBefore()).isEqualTo(4);
            assertThat(folder.filesAfter()).isEqualTo(3);
        });
    }

    @Test
    void aPredicateThatDoesNotFitIsExplained() {
        Writes.run(lake.sink(table, ""), "one", rows());

        assertThatThrownBy(() -> lake.compact(table, CompactionRequest.all().where("di = 1")))
                .hasMessageStartingWith("cannot compact Iceberg table " + table + " where di = 1: [UNRESOLVED_COLUMN");
        assertThatThrownBy(() -> lake.compact(table, CompactionRequest.all().where("rand() > 0.5")))
                .hasMessage("cannot compact Iceberg table " + table
                        + " where rand() > 0.5: Cannot convert Spark filter: RAND() > 0.5 to Iceberg expression");
    }

    @Test
    void aTableThatIsNotThereHasNothingToCompact() {
        assertThat(lake.compact(table).notes()).containsExactly("nothing is written yet");
    }

    private Dataset<Row> rows() {
        return spark.range(0, 2, 1, 1).toDF();
    }
}
