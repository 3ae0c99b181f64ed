package io.millrace.internal.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFilesIT extends InputFolder {

    private static final String MULTI_LINE = "format = json, options { multiLine = true }";
    private static final String EPOCHS = ": a number for a TIMESTAMP counts seconds, and these are not in the years 1"
            + " to 9999; declare it BIGINT, and use timestamp_millis or timestamp_micros";

    JsonFilesIT(SparkSession spark, @TempDir Path folder) {
        super(spark, folder);
    }

    @Test
    void recordsOverManyLinesAreDecodedOrRejectedOneByOne() throws IOException {
        write(
                "in/list.json",
                "[\n  {\n    \"id\": 1\n  },\n  {\"id\": \"two\"},\n  {\"id\": 3, \"name\": x},\n {\"id\":\n4}\n]\n");
        write(
                "in/objects.json",
                "{\n  \"id\": 5,\n  \"name\": \"zażółć\"\n}\n{ \"name\": \"no id\" }\n[{ \"id\": 6 }]");
        write("in/broken.json", "[{\"id\": 7},\n {\"id\": 8},\n");

        Dataset<Row> decoded = decoded(source("in", MULTI_LINE + ", schema = \"id BIGINT NOT NULL, name STRING\""));

        assertThat(good(decoded))
                .containsExactlyInAnyOrder("[1,null]", "[4,null]", "[5,zażółć]", "[6,null]", "[7,null]", "[8,null]");
        assertThat(rejected(decoded))
                .containsExactlyInAnyOrder(
                        "{\"id\": \"two\"} | decode MALFORMED_JSON id is no BIGINT",
                        "{\"id\": 3, \"name\": x} | decode MALFORMED_JSON the record is not JSON: Unrecognized token 'x': was"
                                + " expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false'), at column 20",
                        "{ \"name\": \"no id\" } | decode MALFORMED_JSON id is missing",
                        " | decode MALFORMED_JSON the file ends within its list: the ] is missing");
        assertThat(decoded.filter("_rejected IS NOT NULL")
                        .selectExpr("_source.path || ':' || _source.position")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder(
                        "file:" + in("in/list.json:5"),
                        "file:" + in("in/list.json:6"),
                        "file:" + in("in/objects.json:5"),
                        "file:" + in("in/broken.json:3"));
    }

    @Test
    void linesHaveNumbers() throws IOException {
        StringBuilder lines = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            lines.append("{\"id\":").append(i % 7).append("}\n\n");
            expected.add("in/a.json:" + (2 * i + 1) + " {\"id\":" + i % 7 + "}");
        }
        write("in/a.json", lines.toString());
        write("other/a.json", "{\"id\":1}|{\"id\":2}");

        spark.conf().set("spark.sql.files.maxPartitionBytes", "300");
        try {
            assertThat(places(source("in", "format = json, schema = \"id INT\"")))
                    .containsExactlyInAnyOrderElementsOf(expected);
        } finally {
            spark.conf().unset("spark.sql.files.maxPartitionBytes");
        }
        assertThat(places(source("other", "format = json, options { lineSep = \"|\" }, schema = \"id INT\"")))
                .containsExactlyInAnyOrder("other/a.json:null {\"id\":1}", "other/a.json:null {\"id\":2}");
    }

    @Test
    void recordsOverManyLinesHaveColumnsToBeFound() throws IOException {
        write("in/day=2024-01-03/a.json", "[{\"id\": 1},\n{\"name\": \"a\"}]");

        Dataset<Row> decoded = decoded(source("in", MULTI_LINE));

        assertThat(good(decoded)).containsExactlyInAnyOrder("[1,null,2024-01-03]", "[null,a,2024-01-03]");
    }

    @Test
    void recordsOverManyLinesAreStreamed() throws IOException, TimeoutException, StreamingQueryException {
        write("in/a.json", "[{\"id\": 1},\n{\"id\": 2}]");
        JsonFiles source = (JsonFiles) source("in", MULTI_LINE + ", schema = \"id BIGINT\"");
        List<String> read = new ArrayList<>();
        VoidFunction2<Dataset<Row>, Long> take = (rows, number) -> read.addAll(good(source.decode(rows)));

        stream(source)
                .writeStream()
                .option("checkpointLocation", in("checkpoint"))
                .trigger(Trigger.AvailableNow())
                .foreachBatch(take)
                .start()
                .awaitTermination();

        assertThat(read).containsExactlyInAnyOrder("[1]", "[2]");
    }

    @Test
    void aValueThatIsReadAsTextIsTheTextThatWasWritten() throws IOException {
        List<String> texts = List.of(
                "12.50",
                "1e3",
                "-0",
                "0.10000000000000000001",
                "123456789012345678901234567890",
                "true",
                "[1.0, 2.50 ]",
                "{\"a\":1.10, \"ż\" : [\"x\"] }");
        StringBuilder lines = new StringBuilder();
        for (String text : texts) {
            lines.append("{\"v\":%s,\"more\":[%s],\"at\":{\"w\":%s },\"named\":{\"x\" : %s}}\n"
                    .formatted(text, text, text, text));
        }
        write("in/a.json", lines + "{\"v\":\"1.50\\n\",\"more\":[null],\"at\":{\"w\":null}}\n{\"v\":null}\n");
        String columns = "schema = \"v STRING, more ARRAY<STRING>, at STRUCT<w: STRING>, named MAP<STRING, STRING>\"";

        for (String options : List.of("", "options { multiLine = true }, ")) {
            Dataset<Row> decoded = decoded(source("in", "format = json, " + options + columns));

            assertThat(rejected(decoded)).isEmpty();
            for (String column : List.of("v", "more[0]", "at.w", "named['x']")) {
                assertThat(texts(decoded, column))
                        .containsAll(texts)
                        .hasSize(texts.size() + (column.equals("v") ? 1 : 0));
            }
            assertThat(texts(decoded, "v")).contains("1.50\n");
        }
    }

    @Test
    void aColumnOfSeveralTypesThatIsFoundIsTextAsItWasWritten() throws IOException {
        write("in/a.json", "{\"v\":12.50}\n{\"v\":\"x\"}\n");

        assertThat(good(decoded(source("in", "format = json")))).containsExactlyInAnyOrder("[12.50]", "[x]");
    }

    @Test
    void aNumberThatCannotBeSecondsIsNoTimestamp() throws IOException {
        write(
                "in/a.json",
                """
                {"id":1,"at":1714557600}
                {"id":2,"at":1714557600000}
                {"id":3,"at":1714557600000000}
                {"id":4,"at":9223372036854775808}
                {"id":5,"of":{"at":1714557600000}}
                {"id":6,"ats":[1714557600,1714557600000]}
                {"id":7,"at":"2024-05-01T10:00:00Z"}
                {"id":8,"at":-62135683201}
                {"id":9,"at":-62135596800,"ats":[253402300799]}
                """);

        Dataset<Row> decoded = decoded(source(
                "in",
                "format = json, schema = \"id INT, at TIMESTAMP, of STRUCT<at: TIMESTAMP>, ats ARRAY<TIMESTAMP>\""));

        assertThat(decoded.filter("_rejected IS NULL")
                        .selectExpr("id || ' ' || coalesce(string(at), '') || coalesce(string(ats[0]), '')")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder(
                        "1 2024-05-01 10:00:00", "7 2024-05-01 10:00:00", "9 0001-01-01 00:00:009999-12-31 23:59:59");
        assertThat(rejected(decoded))
                .containsExactlyInAnyOrder(
                        "{\"id\":2,\"at\":1714557600000} | decode MALFORMED_JSON at is 1714557600000" + EPOCHS,
                        "{\"id\":3,\"at\":1714557600000000} | decode MALFORMED_JSON at is 1714557600000000" + EPOCHS,
                        "{\"id\":4,\"at\":9223372036854775808} | decode MALFORMED_JSON at is 9223372036854775808"
                                + EPOCHS,
                        "{\"id\":5,\"of\":{\"at\":1714557600000}} | decode MALFORMED_JSON of.at is 1714557600000"
                                + EPOCHS,
                        "{\"id\":6,\"ats\":[1714557600,1714557600000]} | decode MALFORMED_JSON ats[1] is 1714557600000"
                                + EPOCHS,
                        "{\"id\":8,\"at\":-62135683201} | decode MALFORMED_JSON at is -62135683201" + EPOCHS);
    }

    /** Spark takes the first for days since 1970, and the second for a year. */
    @Test
    void aTextThatIsATimeOfNoYearWeKnowIsNone() throws IOException {
        write(
                "in/a.json",
                """
                {"day":"20240501"}
                {"at":"202405"}
                {"local":"202405"}
                {"day":"2024-05-01","at":"9999-12-31T23:59:59-05:00","local":"0001-01-01T00:00:00"}
                """);

        Dataset<Row> decoded =
                decoded(source("in", "format = json, schema = \"day DATE, at TIMESTAMP, local TIMESTAMP_NTZ\""));

        assertThat(decoded.filter("_rejected IS NULL").count()).isOne();
        assertThat(rejected(decoded))
                .containsExactlyInAnyOrder(
                        "{\"day\":\"20240501\"} | decode MALFORMED_JSON day is no DATE",
                        "{\"at\":\"202405\"} | decode MALFORMED_JSON at is no TIMESTAMP",
                        "{\"local\":\"202405\"} | decode MALFORMED_JSON local is no TIMESTAMP_NTZ");
    }

    private static List<String> texts(Dataset<Row> decoded, String column) {
        return decoded.selectExpr(column).na().drop().collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
