package io.millrace.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ReadContext;
import io.millrace.spi.Slice;
import io.millrace.spi.StreamingSource;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class IcebergSourceIT {

    private final SparkSession spark;
    private final Path folder;
    private final Lake lake;
    private final String table;

    IcebergSourceIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
        this.lake = new Lake(spark, folder.resolve("lake"));
        this.table = lake.newTable();
    }

    @Test
    void aTableIsReadAsItIsAndWithOptions() {
        Writes.run(lake.sink(table, ""), "one", rows(0, 2));
        long first = lake.table(table).currentSnapshot().snapshotId();
        Writes.run(lake.sink(table, ""), "two", rows(2, 5));

        assertThat(ids(lake.read(table, ""))).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(ids(lake.read(table, "options { versionAsOf = " + first + " }")))
                .containsExactly(0L, 1L);
    }

    @Test
    void whatAnotherSessionHasWrittenIsSeen() {
        Writes.run(lake.sink(table, ""), "one", rows(0, 2));
        SparkSession other = spark.newSession();
        assertThat(lake.read(other, table, "").count()).isEqualTo(2);

        Writes.run(lake.sink(table, ""), "two", rows(2, 5));

        assertThat(lake.read(other, table, "").count()).isEqualTo(5);
    }

    @Test
    void aStreamTakesWhatIsNewAndNotWhatACompactionHasRewritten() throws TimeoutException, StreamingQueryException {
        Writes.run(lake.sink(table, ""), "one", rows(0, 2));
        List<Long> taken = new ArrayList<>();
        drain(taken);
        Writes.run(lake.sink(table, ""), "two", rows(2, 5));
        lake.compact(table);
        drain(taken);

        assertThat(taken).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void aTableThatIsNotThereIsExplained(@TempDir Path absent) {
        assertThatThrownBy(() -> lake.read(table, ""))
                .hasMessage("Iceberg table " + table
                        + " does not exist; create it, or let an ETL of this pipegraph write it first");
        assertThat(folder.resolve("lake")).doesNotExist();
    }

    private void drain(List<Long> into) throws TimeoutException, StreamingQueryException {
        StreamingSource source = lake.source(table, "");
        VoidFunction2<Dataset<Row>, Long> each = (rows, number) -> into.addAll(ids(rows));
        source.readStream(new ReadContext(spark, Slice.ALL))
                .writeStream()
                .trigger(Trigger.AvailableNow())
                .option("checkpointLocation", folder.resolve("checkpoint").toString())
                .foreachBatch(each)
                .start()
                .awaitTermination();
    }

    private Dataset<Row> rows(long from, long to) {
        return spark.range(from, to, 1, 1).toDF();
    }

    private static List<Long> ids(Dataset<Row> rows) {
        return rows.as(Encoders.LONG()).collectAsList().stream().sorted().toList();
    }
}
