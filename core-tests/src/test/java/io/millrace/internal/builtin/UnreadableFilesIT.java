package io.millrace.internal.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.config.MillraceException.Kind;
import io.millrace.spi.SparkErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadableFilesIT extends InputFolder {

    private static final String COLUMNS = "schema = \"id INT\"";
    private static final String COLON =
            "Hadoop cannot read a file with a colon in its name; rename events-2024-05-01T10:00:00.json";

    UnreadableFilesIT(SparkSession spark, @TempDir Path folder) {
        super(spark, folder);
    }

    @Test
    void aColonInANameIsNamedAndNotTheOutput() throws IOException {
        String file = "in/events-2024-05-01T10:00:00.json";
        write(file, "{\"id\":1}");

        assertThat(failure(decoded(source("in", "format = json, " + COLUMNS))))
                .hasMessage("cannot read file:" + in(file) + ": " + COLON)
                .extracting(MillraceException::kind)
                .isEqualTo(Kind.USER);
        assertThatThrownBy(() -> source("in/*", "format = json, " + COLUMNS).read(context))
                .isInstanceOf(MillraceException.class)
                .hasMessage(in("in/*") + " cannot be read: " + COLON);
        assertThatThrownBy(() -> source(file, "format = json, " + COLUMNS).read(context))
                .isInstanceOf(MillraceException.class)
                .hasMessage(in(file) + " cannot be read: " + COLON);
    }

    @Test
    void aFileThatIsOfAnotherFormatIsNamed() throws IOException {
        write("with space/a.parquet", "{\"id\":1}");

        assertThat(failure(source("with space", COLUMNS).read(context)))
                .hasMessage("cannot read file:" + in("with space/a.parquet") + ": RuntimeException: file:"
                        + in("with space/a.parquet") + " is not a Parquet file (length is too low: 8)")
                .extracting(MillraceException::kind)
                .isEqualTo(Kind.USER);
        assertThatThrownBy(() -> {
                    try {
                        source("with space", "format = parquet").read(context);
                    } catch (Exception thrown) {
                        throw SparkErrors.of("cannot write", thrown);
                    }
                })
                .hasMessage("cannot read file:" + in("with space/a.parquet") + ": RuntimeException: file:"
                        + in("with space/a.parquet") + " is not a Parquet file (length is too low: 8)");
    }

    @Test
    void aFileThatIsGoneIsNamed() throws IOException {
        spark.range(1).coalesce(1).write().parquet(in("in"));
        Dataset<Row> rows = source("in", "format = parquet").read(context);
        String file = rows.inputFiles()[0].replace("file://", "file:");
        Files.delete(Path.of(file.substring(5)));

        assertThat(failure(rows))
                .hasMessage("cannot read " + file + ": FileNotFoundException: File " + file + " does not exist")
                .extracting(MillraceException::kind)
                .isEqualTo(Kind.EXTERNAL);
    }

    @Test
    void aHeaderOfCsvThatIsNotTheSchemasNamesTheFile() throws IOException {
        write("in/a.csv", "name\n1\n");

        assertThat(failure(decoded(source("in", "format = csv, options { header = true }, " + COLUMNS))))
                .hasMessage("cannot read file:" + in("in/a.csv")
                        + ": SparkIllegalArgumentException: CSV header does not conform to"
                        + " the schema.\n Header: name\n Schema: id\nExpected: id but found: name\nCSV file: file://"
                        + in("in/a.csv"))
                .extracting(MillraceException::kind)
                .isEqualTo(Kind.USER);
    }

    /** What is said of a write that computes rows. */
    private MillraceException failure(Dataset<Row> rows) {
        try {
            rows.write().format("noop").mode("overwrite").save();
            throw new AssertionError("could be read");
        } catch (Exception thrown) {
            return SparkErrors.of("cannot write", thrown);
        }
    }
}
