package io.millrace.internal.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Slice;
import io.millrace.spi.StreamingSource;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.TestModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class TableSourceIT {

    private final SparkSession spark;
    private final ReadContext context;
    private final Path folder;

    TableSourceIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.context = new ReadContext(spark, Slice.ALL);
        this.folder = folder;
    }

    @BeforeEach
    void createTables() {
        spark.sql("CREATE DATABASE sources");
        spark.sql("CREATE TABLE sources.plain USING parquet AS SELECT 1L AS id");
        spark.sql("CREATE TABLE sources.delta USING delta AS SELECT 2L AS id");
        spark.range(3, 4).write().format("delta").save(folder.resolve("t").toString());
    }

    @AfterEach
    void dropTables() {
        spark.sql("DROP DATABASE sources CASCADE");
    }

    @Test
    void tablesAreReadByNameAndByPath() {
        spark.range(4, 5).createOrReplaceTempView("a_view");

        assertThat(ids(source("name = sources.plain").read(context))).containsExactly(1L);
        assertThat(ids(source("name = \"spark_catalog.sources.`delta`\"").read(context)))
                .containsExactly(2L);
        assertThat(ids(source("path = \"" + folder + "/t\"").read(context))).containsExactly(3L);
        assertThat(ids(source("name = a_view").read(context))).containsExactly(4L);
        assertThat(source("name = a_view").streamsByDefault()).isFalse();
        spark.catalog().dropTempView("a_view");
    }

    @Test
    void optionsReachTheReader() {
        spark.range(9)
                .write()
                .format("delta")
                .mode("append")
                .save(folder.resolve("t").toString());

        assertThat(ids(source("path = \"" + folder + "/t\", options { versionAsOf = 0 }")
                        .read(context)))
                .containsExactly(3L);
    }

    @Test
    void deltaTablesAreStreamed() throws Exception {
        StreamingSource byName = source("name = sources.delta");
        StreamingSource byPath = source("path = \"" + folder + "/t\"");

        assertThat(taken(byName)).containsExactly(2L);
        assertThat(taken(byPath)).containsExactly(3L);
        spark.sql("INSERT INTO sources.delta VALUES (5)");
        assertThat(taken(byName)).containsExactly(5L);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> source("name = sources.none").read(context))
                .isInstanceOfSatisfying(MillraceException.class, missing -> assertThat(missing.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .hasMessage(
                        "table sources.none does not exist; create it, or let an ETL of this pipegraph write it first");
        assertThatThrownBy(() -> source("path = \"" + folder + "/none\"").readStream(context))
                .hasMessage("Delta table in " + folder
                        + "/none does not exist; create it, or let an ETL of this pipegraph" + " write it first");
        assertThatThrownBy(() -> source("name = sources.plain").readStream(context))
                .hasMessage("table sources.plain is not a Delta table and cannot be streamed");
    }

    @Test
    void whatIsWrittenWronglyIsSaid() {
        assertThatThrownBy(() -> source("options { a = 1 }")).hasMessage("test.conf  needs either a name or a path");
        assertThatThrownBy(() -> source("name = a, path = b")).hasMessage("test.conf  needs either a name or a path");
        assertThatThrownBy(() -> source("name = \"a b\", partition-by = [x]"))
                .hasMessage(
                        """
                        test.conf:1:1  name: is not the name of a table: Syntax error at or near 'b': extra input 'b'.
                            a b
                              ^
                        test.conf:1:15  partition-by: belongs to a table at a path: one with a name is created by you, with its partitions""");
    }

    private static StreamingSource source(String model) {
        return (StreamingSource) TestModel.of(model).source(new SparkTablePlugin());
    }

    private static List<Long> ids(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(row -> row.getLong(0)).sorted().toList();
    }

    private List<Long> taken(StreamingSource source) throws Exception {
        List<Long> taken = new ArrayList<>();
        VoidFunction2<Dataset<Row>, Long> take = (rows, number) -> taken.addAll(ids(rows));
        source.readStream(context)
                .writeStream()
                .option(
                        "checkpointLocation",
                        folder.resolve("checkpoint-" + source.description().hashCode())
                                .toString())
                .trigger(Trigger.AvailableNow())
                .foreachBatch(take)
                .start()
                .awaitTermination();
        return taken;
    }
}
