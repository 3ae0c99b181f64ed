package io.millrace.internal.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.DecodingSource;
import io.millrace.spi.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFilesIT extends InputFolder {

    private static final String COLUMNS = "schema = \"id INT, name STRING\"";

    CsvFilesIT(SparkSession spark, @TempDir Path folder) {
        super(spark, folder);
    }

    @Test
    void quotesAreDoubledAndBackslashesAreNothingSpecial() throws IOException {
        write(
                "in/a.csv",
                """
                id,name
                1,"he said ""hi\"""
                2,"a ""b"", c"
                3,"C:\\temp\\"
                4,C:\\new
                5,"two
                lines"
                6,""
                7,
                """);

        Dataset<Row> decoded = decoded(source("in", "format = csv, options { header = true }, " + COLUMNS));

        assertThat(rejected(decoded)).isEmpty();
        assertThat(good(decoded))
                .containsExactlyInAnyOrder(
                        "[1,he said \"hi\"]",
                        "[2,a \"b\", c]",
                        "[3,C:\\temp\\]",
                        "[4,C:\\new]",
                        "[5,two\nlines]",
                        "[6,null]",
                        "[7,null]");
    }

    @Test
    void optionsSayOtherwise() throws IOException {
        write("in/a.csv", "1,\"he said \\\"hi\\\"\"\n2,x\n");
        write("quoted/a.csv", "1,'it''s \"quoted\"'\n2,'two\nlines'\n");
        write("lines/a.csv", "1,a\n2,\"b\nx\"\n");

        assertThat(good(decoded(source("in", "format = csv, options { Escape = \"\\\\\" }, " + COLUMNS))))
                .containsExactlyInAnyOrder("[1,he said \"hi\"]", "[2,x]");
        assertThat(good(decoded(source("quoted", "format = csv, options { quote = \"'\" }, " + COLUMNS))))
                .containsExactlyInAnyOrder("[1,it's \"quoted\"]", "[2,two\nlines]");
        assertThat(decoded(source("lines", "format = csv, options { multiline = false }, " + COLUMNS))
                        .count())
                .isEqualTo(3);
    }

    /** In one file, as its first line break tells which ones end the records. */
    @ParameterizedTest
    @ValueSource(strings = {"", "header = true", "sep = \";\"", "quote = \"'\"", "escape = \"\\\\\""})
    void whatIsWrittenIsRead(String options) throws IOException {
        List<String> texts = new ArrayList<>(List.of(
                "he said \"hi\"",
                "\"",
                "\"\"",
                "it's",
                "'",
                "\\",
                "C:\\temp\\",
                "a\\\"b",
                "\\\"",
                "\\n",
                "a,b;c",
                ",",
                "two\nlines",
                "two\r\nlines",
                "\n",
                " before",
                "after ",
                "\tboth\t",
                " ",
                "#x",
                "null",
                "zażółć",
                "\"a\",\"b\"",
                "a\"\nb,\"c"));
        texts.add(null);
        List<Row> rows = texts.stream()
                .map(text -> RowFactory.create(texts.indexOf(text), text))
                .toList();
        String model = "format = csv, options { " + options + " }, " + COLUMNS;
        Dataset<Row> written = spark.createDataFrame(rows, StructType.fromDDL("id INT, name STRING"))
                .coalesce(1);

        write("out", model, written);

        Dataset<Row> decoded = decoded(source("out", model));
        assertThat(rejected(decoded)).isEmpty();
        assertThat(decoded.select("id", "name").collectAsList()).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void theReasonNamesTheFields() throws IOException {
        write(
                "in/day=2024-01-03/a.csv",
                "id,price,at,name\n1,abc,2024-13-01,a\nx,,,b\n2,1.5,,\n,,,\n9,1e9,,\"two\nlines\"\n");

        Dataset<Row> decoded = withOriginals(source(
                "in",
                "format = csv, options { header = true }, schema = \"id INT NOT NULL, price DECIMAL(4,2), at DATE, name"
                        + " STRING NOT NULL\""));

        assertThat(good(decoded)).isEmpty();
        assertThat(rejected(decoded))
                .containsExactlyInAnyOrder(
                        "1,abc,2024-13-01,a | decode MALFORMED_CSV price is no DECIMAL(4,2): \"abc\", at is no DATE:"
                                + " \"2024-13-01\"",
                        "x,,,b | decode MALFORMED_CSV id is no INT: \"x\"",
                        "2,1.5,, | decode MALFORMED_CSV name is missing",
                        ",,, | decode MALFORMED_CSV id is missing, name is missing",
                        "9,1e9,,\"two\nlines\" | decode MALFORMED_CSV price is no DECIMAL(4,2): \"1e9\"");
    }

    @Test
    void aLongTextIsCutInTheReason() throws IOException {
        write("in/a.csv", "%s,a\n".formatted("1".repeat(41)));

        assertThat(rejected(decoded(source("in", "format = csv, " + COLUMNS))))
                .containsExactly(
                        "%s,a | decode MALFORMED_CSV id is no INT: \"%s…\"".formatted("1".repeat(41), "1".repeat(40)));
    }

    @ParameterizedTest
    @CsvSource({"false,LF", "false,CRLF", "true,LF", "true,CRLF"})
    void everyRecordIsFoundAgain(boolean multiLine, String name) throws IOException {
        String end = name.equals("LF") ? "\n" : "\r\n";
        write("in/a.csv", String.join(end, "#c,c", "id,name", "1,a", "", "1,a", "#no record", "2,\"b,c\"", "x,d"));
        write("in/b.csv", String.join(end, "id,name", "1,a", "5,e", ""));

        assertThat(places(source(
                        "in",
                        "format = csv, options { header = true, comment = \"#\", multiLine = " + multiLine + " }, "
                                + COLUMNS)))
                .containsExactlyInAnyOrder(
                        "in/a.csv:3 1,a",
                        "in/a.csv:5 1,a",
                        "in/a.csv:7 2,\"b,c\"",
                        "in/a.csv:8 x,d",
                        "in/b.csv:2 1,a",
                        "in/b.csv:3 5,e");
    }

    @Test
    void recordsOverSeveralLinesAreFoundAgain() throws IOException {
        write("in/a.csv", "1,\"two\nlines\"\n2,b\r\n\n3,\"x\n\ny\"\n4,\"z\"");
        write("in/b.csv", "1,\"two\nlines\"\r\n2,\"and\r\nmore\"\r\n3,c\r\n");
        write("in/c.csv", "%s,\"%s\n%s\"\nx,c".formatted("1", "y".repeat(2_000_000), "z".repeat(2_000_000)));

        assertThat(places(source("in", "format = csv, " + COLUMNS)).stream()
                        .map(each -> each.replaceAll("y{9,}", "y").replaceAll("z{9,}", "z")))
                .containsExactlyInAnyOrder(
                        "in/a.csv:1 1,\"two\nlines\"",
                        "in/a.csv:3 2,b",
                        "in/a.csv:5 3,\"x\n\ny\"",
                        "in/a.csv:8 4,\"z\"",
                        "in/b.csv:1 1,\"two\nlines\"",
                        "in/b.csv:3 2,\"and\r\nmore\"",
                        "in/b.csv:5 3,c",
                        "in/c.csv:1 1,\"y\nz\"",
                        "in/c.csv:3 x,c");
    }

    @Test
    void partsOfFilesAndPackedOnesHaveLinesToo() throws IOException {
        StringBuilder lines = new StringBuilder("id,name\n");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            lines.append(i).append(",name-").append(i % 7).append('\n');
            expected.add("in/a.csv:" + (i + 2) + " " + i + ",name-" + i % 7);
        }
        write("in/a.csv", lines.toString());
        Path packed = Files.createDirectories(folder.resolve("packed")).resolve("ü a.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("id;name\n1;café\n2;é\n".getBytes(StandardCharsets.ISO_8859_1));
        }

        spark.conf().set("spark.sql.files.maxPartitionBytes", "300");
        try {
            assertThat(places(source("in", "format = csv, options { header = true, multiLine = false }, " + COLUMNS)))
                    .containsExactlyInAnyOrderElementsOf(expected);
        } finally {
            spark.conf().unset("spark.sql.files.maxPartitionBytes");
        }
        for (String multiLine : List.of("true", "false")) {
            assertThat(places(source(
                            "packed",
                            "format = csv, options { header = true, sep = \";\", encoding = ISO-8859-1, multiLine = "
                                    + multiLine + " }, " + COLUMNS)))
                    .containsExactlyInAnyOrder("packed/ü%20a.csv.gz:2 1;café", "packed/ü%20a.csv.gz:3 2;é");
        }
    }

    @Test
    void whereRecordsEndOtherwiseTheyHaveNoLine() throws IOException {
        write("in/a.csv", "1,a|2,b\nb|");

        assertThat(places(source("in", "format = csv, options { lineSep = \"|\" }, " + COLUMNS)))
                .containsExactlyInAnyOrder("in/a.csv:null 1,a", "in/a.csv:null 2,b\nb");
    }

    @Test
    void aFileThatIsGoneLeavesWhatIsKnown() throws IOException {
        write("in/a.csv", "1,a\nx,b\n");
        Source source = source("in", "format = csv, " + COLUMNS);
        Dataset<Row> decoded = decoded(source).localCheckpoint();

        Files.delete(folder.resolve("in/a.csv"));

        assertThat(((DecodingSource) source)
                        .withOriginals(decoded)
                        .selectExpr("string(_source.value)", "_source.position")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactlyInAnyOrder("[null,null]", "[x,b,null]");
    }
}
