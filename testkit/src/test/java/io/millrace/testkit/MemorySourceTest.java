package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ReadContext;
import io.millrace.spi.Slice;
import io.millrace.spi.Source;
import io.millrace.spi.StreamingSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({MillraceSession.class, Memory.Extension.class})
class MemorySourceTest {

    @Test
    void rowsHandedOverAreReadWhole(SparkSession spark, Memory memory) {
        MemoryTable table = memory.create("numbers", "n INT");
        table.add(RowFactory.create(1), RowFactory.create(2));
        table.add(RowFactory.create(3));
        Source source = TestModel.of("table = numbers").source(new MemoryPlugin());

        assertThat(source.read(new ReadContext(spark, Slice.ALL)).collectAsList())
                .extracting(row -> row.getInt(0))
                .containsExactly(1, 2, 3);
    }

    @Test
    void aStreamTakesEachRowOnceEvenWhenItStartsAgain(SparkSession spark, Memory memory, @TempDir Path checkpoint)
            throws Exception {
        MemoryTable table = memory.create("numbers", "n INT");
        Source source = TestModel.of("table = numbers").source(new MemoryPlugin());
        List<Integer> taken = new ArrayList<>();

        table.add(RowFactory.create(1), RowFactory.create(2));
        run(spark, source, checkpoint, taken);
        table.add(RowFactory.create(3));
        run(spark, source, checkpoint, taken);

        assertThat(taken).containsExactly(1, 2, 3);
    }

    @Test
    void anUnknownTableIsNamed(Memory memory) {
        memory.create("numbers", "n INT");

        assertThatThrownBy(() -> TestModel.of("table = number").source(new MemoryPlugin()))
                .hasMessage("test.conf  memory has no table number; known: [numbers]");
    }

    private static void run(SparkSession spark, Source source, Path checkpoint, List<Integer> taken) throws Exception {
        VoidFunction2<Dataset<Row>, Long> take =
                (rows, number) -> rows.collectAsList().forEach(row -> taken.add(row.getInt(0)));
        ((StreamingSource) source)
                .readStream(new ReadContext(spark, Slice.ALL))
                .writeStream()
                .option("checkpointLocation", checkpoint.toString())
                .trigger(Trigger.AvailableNow())
                .foreachBatch(take)
                .start()
                .awaitTermination();
    }
}
