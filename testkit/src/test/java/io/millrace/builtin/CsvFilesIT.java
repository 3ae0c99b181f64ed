package io.millrace.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
}
