package io.millrace.internal.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.spi.DecodingSource;
import io.millrace.spi.Rejection;
import io.millrace.spi.Source;
import io.millrace.spi.SourceColumn;
import io.millrace.spi.SparkErrors;
import java.io.IOException;
import java.nio.file.Files;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderColumnsIT extends InputFolder {

    FolderColumnsIT(SparkSession spark, @TempDir Path folder) {
        super(spark, folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    STRING         | 007, 010          | STRING
                    STRING         | 7, 010            | STRING
                    STRING         | 1.10, 1.5         | STRING
                    STRING         | 1, 1.5            | STRING
                    STRING         | 1e3               | STRING
                    STRING         | +1, -0            | STRING
                    STRING         | 2024-1-3          | STRING
                    STRING         | 2024-01-03 10:00:00.0 | STRING
                    STRING         | a=b/c:d, 'é %'    | STRING
                    STRING         | 7, 10             | INT
                    STRING         | 2024-01-03        | DATE
                    INT            | 7, -10            | INT
                    BIGINT         | 12345678901       | BIGINT
                    DOUBLE         | 0.5, 1.5          | DOUBLE
                    DECIMAL(10,2)  | 12.50             | STRING
                    DATE           | 2024-01-03        | DATE
                    TIMESTAMP      | 2024-01-03 10:00:00, 2024-01-03 10:00:00.5 | TIMESTAMP
                    BOOLEAN        | true              | STRING
                    """)
    void whatIsReadIsWhatWasWritten(String type, String values, String read) throws IOException {
        List<String> texts = List.of(values.split(", "));
        Dataset<Row> rows = spark.createDataset(texts, Encoders.STRING())
                .selectExpr("value AS text", "CAST(value AS " + type + ") AS code")
                .unionByName(spark.sql("SELECT 'none' AS text, CAST(NULL AS " + type + ") AS code"));

        for (String format : List.of("parquet", "json", "csv")) {
            String model = "format = " + format + ", partition-by = [code], options { header = true }";
            write(format, model, rows);
            Dataset<Row> found = rows(source(format, model));

            assertThat(found.schema().apply("code").dataType().sql()).as(format).isEqualTo(read);
            assertThat(found.selectExpr("text = string(code) OR text = 'none' AND code IS NULL")
                            .collectAsList())
                    .as(format)
                    .hasSize(texts.size() + 1)
                    .allSatisfy(row -> assertThat(row.getBoolean(0)).isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "json", "csv"})
    void aColumnThatIsDeclaredHasItsType(String format) throws IOException {
        Dataset<Row> rows = spark.sql("SELECT 1 AS id, '007' AS code, '08' AS number, '2024-01-03' AS day");
        String model = "format = " + format + ", partition-by = [code, number, day]";
        write("in", model, rows);

        Dataset<Row> read =
                rows(source("in", "format = " + format + ", schema = \"id INT, Code STRING, number INT, day STRING\""));

        assertThat(read.schema().toDDL()).isEqualTo("id INT,Code STRING,number INT,day STRING");
        assertThat(read.collectAsList()).extracting(Row::toString).containsExactly("[1,007,8,2024-01-03]");
        assertThat(rows(source("in", "format = " + format + ", schema = \"id INT\""))
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[1,007,08,2024-01-03]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "json", "csv"})
    void aStreamReadsTheSame(String format) throws IOException, TimeoutException, StreamingQueryException {
        String out = "format = " + format + ", partition-by = [code, day, year]";
        Source source = source("in", "format = " + format + ", schema = \"id INT, code STRING\"");
        List<String> read = new ArrayList<>();
        write("in", out, spark.sql("SELECT 1 AS id, '100' AS code, '2024-01-03' AS day, '2024' AS year"));
        run(source, stream(source), read);

        write("more", out, spark.sql("SELECT 2 AS id, '007' AS code, DATE'2024-01-04' AS day, '2025' AS year"));
        Files.move(folder.resolve("more/code=007"), folder.resolve("in/code=007"));
        run(source, stream(source), read);

        assertThat(read)
                .containsExactly(
                        "{\"id\":1,\"code\":\"100\",\"day\":\"2024-01-03\",\"year\":2024}",
                        "{\"id\":2,\"code\":\"007\",\"day\":\"2024-01-04\",\"year\":2025}");
    }

    /** The types of columns that nobody declares are those of when the stream begins. */
    @ParameterizedTest
    @ValueSource(strings = {"parquet", "json", "csv"})
    void aFolderOfAnotherTypeFailsAStreamThatRuns(String format) throws IOException {
        String out = "format = " + format + ", partition-by = [code]";
        write("in", out, spark.sql("SELECT 1 AS id, '100' AS code"));
        write("more", out, spark.sql("SELECT 2 AS id, '007' AS code"));
        Source source = source("in", "format = " + format + ", schema = \"id INT\"");
        Dataset<Row> stream = stream(source);
        Files.move(folder.resolve("more/code=007"), folder.resolve("in/code=007"));

        assertThatThrownBy(() -> {
                    try {
                        run(source, stream, new ArrayList<>());
                    } catch (Exception thrown) {
                        throw SparkErrors.of("stream", thrown);
                    }
                })
                .isInstanceOf(MillraceException.class)
                .hasMessage("the folder code=007 in " + in("in") + " is no INT, as those were that were there when the"
                        + " stream began; name the column in the schema of the model: code STRING");
    }

    private Dataset<Row> rows(Source source) {
        return decoded(source, source.read(context));
    }

    private static Dataset<Row> decoded(Source source, Dataset<Row> read) {
        return source instanceof DecodingSource decoding
                ? decoding.decode(read).drop(SourceColumn.NAME, Rejection.COLUMN)
                : read;
    }

    private void run(Source source, Dataset<Row> stream, List<String> read)
            throws TimeoutException, StreamingQueryException {
        VoidFunction2<Dataset<Row>, Long> take =
                (rows, number) -> decoded(source, rows).collectAsList().forEach(row -> read.add(row.json()));
        stream.writeStream()
                .option("checkpointLocation", in("checkpoint"))
                .trigger(Trigger.AvailableNow())
                .foreachBatch(take)
                .start()
                .awaitTermination();
    }
}
