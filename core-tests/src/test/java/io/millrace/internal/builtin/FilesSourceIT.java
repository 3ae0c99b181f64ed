package io.millrace.internal.builtin;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.spi.DecodingSource;
import io.millrace.spi.Rejection;
import io.millrace.spi.Source;
import io.millrace.spi.SourceColumn;
import io.millrace.testkit.TestModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesSourceIT extends InputFolder {

    private static final String COLUMNS = "schema = \"id BIGINT NOT NULL, name STRING, price DECIMAL(10,2)\"";

    FilesSourceIT(SparkSession spark, @TempDir Path folder) {
        super(spark, folder);
    }

    @Test
    void linesOfJsonAreDecodedOrRejectedAndNoneVanishes() throws IOException {
        byte[] broken = "{\"id\":9,\"name\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        write(
                "in/a.json",
                """
                {"id":1,"name":"zażółć gęślą jaźń","price":1.50}

                {"id":2,"surplus":true}
                {"id":3} {"id":4}
                {"id":"five"}
                [{"id":6}]
                {"id":7,"price":"x"}
                 \t
                nothing
                null
                {"name":"no id"}
                {"id":8
                """);
        Files.write(folder.resolve("in/b.json"), broken);

        Dataset<Row> decoded = decoded(source("in", "format = json, " + COLUMNS));

        assertThat(decoded.schema().fieldNames())
                .containsExactly("id", "name", "price", SourceColumn.NAME, Rejection.COLUMN);
        assertThat(good(decoded)).containsExactlyInAnyOrder("[1,zażółć gęślą jaźń,1.50]", "[2,null,null]");
        assertThat(rejected(decoded))
                .containsExactlyInAnyOrder(
                        "{\"id\":3} {\"id\":4} | decode MALFORMED_JSON there is more after the JSON object, from column 9",
                        "{\"id\":\"five\"} | decode MALFORMED_JSON id is no BIGINT",
                        "[{\"id\":6}] | decode MALFORMED_JSON the line is not a JSON object",
                        "{\"id\":7,\"price\":\"x\"} | decode MALFORMED_JSON price is no DECIMAL(10,2)",
                        "nothing | decode MALFORMED_JSON the line is not JSON: Unrecognized token 'nothing': was expecting"
                                + " (JSON String, Number, Array, Object or token 'null', 'true' or 'false'), at column 8",
                        "null | decode MALFORMED_JSON the line is not a JSON object",
                        "{\"name\":\"no id\"} | decode MALFORMED_JSON id is missing",
                        "{\"id\":8 | decode MALFORMED_JSON the line is not JSON: Unexpected end-of-input: expected close"
                                + " marker for Object, at column 8",
                        new String(broken, StandardCharsets.UTF_8)
                                + " | decode MALFORMED_JSON the line is not valid UTF-8");
        assertThat(decoded.filter("_source.value = X'" + hex(broken) + "'").count())
                .isOne();
        assertThat(decoded.select("_source.path").distinct().collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder(
                        "file:" + folder.resolve("in/a.json"), "file:" + folder.resolve("in/b.json"));
    }

    @Test
    void aJsonSchemaSaysWhatMustBeThereHoweverDeep() throws IOException {
        write(
                "schema.json",
                """
                { "type": "object", "required": ["id"],
                  "properties": {
                    "id": { "type": "integer" },
                    "to": { "$ref": "#/$defs/Address" },
                    "lines": { "type": "array", "items": { "type": "object", "required": ["price"], "properties": { "price": { "type": "number" } } } },
                    "others": { "type": "object", "additionalProperties": { "$ref": "#/$defs/Address" } } },
                  "$defs": { "Address": { "type": "object", "required": ["city"], "properties": { "city": { "type": "string" } } } } }
                """);
        write(
                "in/a.json",
                """
                {"id":1,"to":{"city":"Łódź"},"lines":[{"price":1.5}],"others":{"a":{"city":"b"}}}
                {"id":2,"to":null,"lines":[null],"others":{}}
                {"id":3,"to":{}}
                {"id":4,"lines":[{"price":1},{"price":"x"},{}]}
                {"id":5,"others":{"a":{}}}
                """);

        Dataset<Row> decoded =
                decoded(source("in", "format = json, json-schema-file = \"" + folder.resolve("schema.json") + "\""));

        assertThat(good(decoded))
                .containsExactlyInAnyOrder("[1,[Łódź],ArraySeq([1.5]),Map(a -> [b])]", "[2,null,ArraySeq(null),Map()]");
        assertThat(rejected(decoded))
                .containsExactlyInAnyOrder(
                        "{\"id\":3,\"to\":{}} | decode MALFORMED_JSON to.city is missing",
                        "{\"id\":4,\"lines\":[{\"price\":1},{\"price\":\"x\"},{}]} | decode MALFORMED_JSON lines[1].price is no DOUBLE,"
                                + " lines[2].price is missing",
                        "{\"id\":5,\"others\":{\"a\":{}}} | decode MALFORMED_JSON others.a.city is missing");
    }

    @Test
    void aSampleSaysTheColumnsAndNoneMustBeThere() throws IOException {
        write("sample.json", "{\"id\":1,\"to\":{\"city\":\"x\"}}\n{\"id\":1.5}\n");
        write("in/a.json", "{\"id\":2}\n{\"to\":{\"city\":\"Łódź\",\"zip\":1}}\n{\"id\":\"x\"}\n");

        Dataset<Row> decoded =
                decoded(source("in", "format = json, sample-file = \"" + folder.resolve("sample.json") + "\""));

        assertThat(good(decoded)).containsExactlyInAnyOrder("[2.0,null]", "[null,[Łódź]]");
        assertThat(rejected(decoded)).containsExactly("{\"id\":\"x\"} | decode MALFORMED_JSON id is no DOUBLE");
    }

    @Test
    void whichRecordsAreMalformedDoesNotDependOnTheColumnsThatAreUsed() throws IOException {
        write("json/a.json", "{\"id\":1,\"price\":1}\n{\"id\":2,\"price\":\"x\"}\n");
        write("csv/a.csv", "1,a,1\n2,b,x\n");

        for (String format : List.of("json", "csv")) {
            Dataset<Row> decoded = decoded(source(format, "format = " + format + ", " + COLUMNS));
            assertThat(decoded.filter(col(Rejection.COLUMN).isNull())
                            .select("id")
                            .count())
                    .isOne();
            assertThat(decoded.filter(col(Rejection.COLUMN).isNotNull()).count())
                    .isOne();
            assertThat(decoded.filter(col(Rejection.COLUMN).isNotNull())
                            .select("_source.path")
                            .collectAsList())
                    .hasSize(1);
            assertThat(decoded.count()).isEqualTo(2);
        }
    }

    @Test
    void recordsOfCsvAreDecodedOrRejected() throws IOException {
        write("in/a.csv", "id;name;price\n1;\"two\nlines\";1.50\n2;b\nx;c;1\n;d;1\n3;e;1;surplus\n");

        Dataset<Row> decoded = withOriginals(
                source("in", "format = csv, options { header = true, sep = \";\", multiLine = true }, " + COLUMNS));

        assertThat(good(decoded)).containsExactlyInAnyOrder("[1,two\nlines,1.50]");
        assertThat(rejected(decoded))
                .containsExactlyInAnyOrder(
                        "2;b | decode MALFORMED_CSV the record has 2 fields, and there are 3 columns: id, name, price",
                        "x;c;1 | decode MALFORMED_CSV id is no BIGINT: \"x\"",
                        ";d;1 | decode MALFORMED_CSV id is missing",
                        "3;e;1;surplus | decode MALFORMED_CSV the record has 4 fields, and there are 3 columns: id, name,"
                                + " price");
    }

    @Test
    void aHeaderThatIsNotTheSchemasFailsInsteadOfMixingColumns() throws IOException {
        write("in/a.csv", "name,id,price\na,1,1\n");
        Dataset<Row> decoded = decoded(source("in", "format = csv, options { header = true }, " + COLUMNS));

        assertThatThrownBy(decoded::collectAsList)
                .hasRootCauseMessage(
                        "CSV header does not conform to the schema.\n Header: name, id, price\n Schema: id, name, price\n"
                                + "Expected: id but found: name\nCSV file: file://" + folder.resolve("in/a.csv"));
    }

    @Test
    void withoutASchemaTheFilesAreAsked() throws IOException {
        write("json/a.json", "{\"id\":1,\"at\":\"2024-01-03T00:00:00Z\"}\nnothing\n{\"id\":2,\"tags\":[\"a\"]}\n");
        write("csv/a.csv", "id,name\n1,a\n");

        Dataset<Row> json = decoded(source("json", "format = json"));
        Dataset<Row> csv = decoded(source("csv", "format = csv, options { header = true }"));

        assertThat(json.drop(SourceColumn.NAME, Rejection.COLUMN).schema().toDDL())
                .isEqualTo("at STRING,id BIGINT,tags ARRAY<STRING>");
        assertThat(good(json)).hasSize(2);
        assertThat(rejected(json)).hasSize(1);
        assertThat(csv.drop(SourceColumn.NAME, Rejection.COLUMN).schema().toDDL())
                .isEqualTo("id INT,name STRING");
        assertThat(good(csv)).containsExactly("[1,a]");
    }

    @Test
    void foldersBecomeColumns() throws IOException {
        write("in/day=2024-01-03/name=x/a.json", "{\"id\":1,\"name\":\"in the line\"}\n");

        Dataset<Row> decoded = decoded(source("in", "format = json, " + COLUMNS));

        assertThat(decoded.drop(SourceColumn.NAME, Rejection.COLUMN).schema().toDDL())
                .isEqualTo("id BIGINT,name STRING,price DECIMAL(10,2),day DATE");
        assertThat(good(decoded)).containsExactly("[1,x,null,2024-01-03]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "avro", "text"})
    void otherFormatsAreReadAsTheyAre(String format) {
        spark.range(3)
                .selectExpr("CAST(id AS STRING) AS value")
                .write()
                .format(format)
                .save(in("in"));

        Source source = source("in", "format = " + format);

        assertThat(source).isNotInstanceOf(DecodingSource.class);
        assertThat(source.read(context).collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder("0", "1", "2");
    }

    @Test
    void parquetSkipsColumnsAndFilters() {
        spark.range(3).selectExpr("id", "id AS other").write().parquet(in("in"));

        String plan = source("in", "format = parquet")
                .read(context)
                .filter("id > 1")
                .select("id")
                .queryExecution()
                .toString();

        assertThat(plan).contains("ReadSchema: struct<id:bigint>").contains("GreaterThan(id,1)");
    }

    @Test
    void patternsAreRead() throws IOException {
        write("in/2024/a.json", "{\"id\":1}\n");
        write("in/2025/b.json", "{\"id\":2}\n");
        write("in/2026/c.json", "{\"id\":3}\n");

        assertThat(good(decoded(source("in/{2024,2025}/*.json", "format = json, schema = \"id BIGINT\""))))
                .containsExactlyInAnyOrder("[1]", "[2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv", "parquet"})
    void whatIsMissingOrEmptyIsNamed(String format) throws IOException {
        Files.createDirectories(folder.resolve("empty/_hidden"));
        write("empty/_hidden/x", "1");
        String model = "format = " + format + ", " + COLUMNS;

        assertThatThrownBy(() -> source("none", model).read(context))
                .isInstanceOfSatisfying(MillraceException.class, missing -> assertThat(missing.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .hasMessage(in("none") + " does not exist");
        assertThatThrownBy(() -> stream(source("none", model))).hasMessage(in("none") + " does not exist");
        assertThatThrownBy(() -> source("none/*.x", model).read(context))
                .hasMessage(in("none/*.x") + " does not exist: the pattern fits nothing");
        assertThatThrownBy(() -> source("empty", model).read(context)).hasMessage(in("empty") + " holds no files");
    }

    @Test
    void aStorageThatFailsIsNamed() {
        Source source = TestModel.of("path = \"nosuch://lake/in\"").source(new FilesPlugin());

        assertThatThrownBy(() -> source.read(context))
                .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                        .isEqualTo(MillraceException.Kind.EXTERNAL))
                .hasMessage("nosuch://lake/in cannot be read: No FileSystem for scheme \"nosuch\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv"})
    void aStreamMayBeginWithAnEmptyFolderAndTakesWhatComes(String format)
            throws IOException, TimeoutException, StreamingQueryException {
        Files.createDirectories(folder.resolve("in"));
        Source source =
                source("in", "format = " + format + ", max-files-per-trigger = 1, schema = \"id BIGINT NOT NULL\"");
        String bad = format.equals("json") ? "{\"id\":\"x\"}" : "x";
        List<Integer> sizes = new ArrayList<>();
        List<String> all = new ArrayList<>();

        runStream(source, sizes, all);
        assertThat(sizes).isEmpty();
        write("in/a." + format, format.equals("json") ? "{\"id\":1}\n" + bad : "1\n" + bad);
        write("in/b." + format, format.equals("json") ? "{\"id\":2}" : "2");
        runStream(source, sizes, all);

        assertThat(sizes).containsExactlyInAnyOrder(2, 1);
        assertThat(all).containsExactlyInAnyOrder("1", "2", "null");
    }

    @Test
    void aStreamOfParquetFindsItsSchemaInTheFilesThatAreThere() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        assertThatThrownBy(() -> stream(source("in", "format = parquet")))
                .hasMessage(
                        in("in") + " holds no files: a stream of parquet files takes its columns from those that are"
                                + " there when it starts; add schema = \"name TYPE, …\" to the model");

        spark.range(1).write().mode("append").parquet(in("in"));

        assertThat(stream(source("in", "format = parquet")).schema().fieldNames())
                .containsExactly("id");
    }

    private void runStream(Source source, List<Integer> sizes, List<String> ids)
            throws TimeoutException, StreamingQueryException {
        VoidFunction2<Dataset<Row>, Long> take = (rows, number) -> {
            List<Row> decoded = ((DecodingSource) source).decode(rows).collectAsList();
            sizes.add(decoded.size());
            decoded.forEach(row -> ids.add(String.valueOf(row.get(0))));
        };
        StreamingQuery query = stream(source)
                .writeStream()
                .option("checkpointLocation", in("checkpoint"))
                .trigger(Trigger.AvailableNow())
                .foreachBatch(take)
                .start();
        query.awaitTermination();
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }
}
