package io.millrace.internal.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Delivery;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.spi.Source;
import io.millrace.spi.StreamingSource;
import io.millrace.testkit.TestModel;
import org.junit.jupiter.api.Test;

class FilesModelTest {

    private static final FilesPlugin PLUGIN = new FilesPlugin();

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> TestModel.of(
                                """
                                format = xml
                                schema = "id BIGINT, name"
                                options { mode = FAILFAST, multiLine = true, allowComments = true, path = x }
                                max-files-per-trigger = 0
                                save-mode = appendd
                                target-file-size = 0
                                partition = [day]
                                """)
                        .source(PLUGIN))
                .hasMessage(
                        """
                        test.conf  path: is missing
                        test.conf:1:1  format: unknown value "xml"; known: avro, csv, json, orc, parquet, text
                        test.conf:2:1  schema: is not a list of columns: Syntax error at or near end of input.
                            id BIGINT, name
                                           ^
                        test.conf:3:1  options: the option mode cannot be set: records that cannot be read go to the dead letters
                        test.conf:3:1  options: the option multiLine is for json and csv, not for parquet
                        test.conf:3:1  options: the option allowComments cannot be set: comments in json are not supported
                        test.conf:3:1  options: the option path cannot be set: write it as path, beside options
                        test.conf:4:1  max-files-per-trigger: must be a whole number from 1 to 2147483647, not 0
                        test.conf:5:1  save-mode: unknown value "appendd"; did you mean "append"? (known: append, overwrite)
                        test.conf:6:1  target-file-size: must be a size such as 128MB, not 0
                        test.conf:7:1  partition: unknown key; did you mean "partition-by"? (known: format, json-schema, json-schema-file, max-files-per-trigger, options, overwrite, partition-by, path, sample, sample-file, save-mode, schema, target-file-size)""");
    }

    @Test
    void parquetIsTheFormatWhereNoneIsSaid() {
        assertThat(TestModel.of("path = /in").source(PLUGIN).description()).isEqualTo("parquet files in /in");
    }

    @Test
    void sourcesDescribeThemselvesWithoutTheirOptions() {
        Source source = TestModel.of("path = \"s3a://lake/in\", format = csv, options { fs.s3a.secret.key = hush }")
                .source(PLUGIN);

        assertThat(source.description())
                .isEqualTo("csv files in s3a://lake/in, schema found in them by a pass over all");
    }

    @Test
    void aStreamOfJsonNeedsASchemaAndOneOfParquetDoesNot() {
        assertThat(((StreamingSource) TestModel.of("path = /in, format = json").source(PLUGIN)).streamingProblem())
                .contains("a stream of json files in /in needs to know its columns; add schema = \"name TYPE, …\""
                        + " to the model");
        assertThat(((StreamingSource) TestModel.of("path = /in, format = json, schema = \"a INT\"")
                                .source(PLUGIN))
                        .streamingProblem())
                .isEmpty();
        assertThat(((StreamingSource) TestModel.of("path = /in").source(PLUGIN)).streamingProblem())
                .isEmpty();
    }

    @Test
    void aJsonSchemaOrASampleIsASchema() {
        assertThat(((StreamingSource) TestModel.of("path = /in, format = json, sample = \"\"\"{\"a\": 1}\"\"\"")
                                .source(PLUGIN))
                        .streamingProblem())
                .isEmpty();
        assertThat(TestModel.of(
                                """
                                path = /in, format = json
                                json-schema = \"\"\"{ "properties": { "a": { "type": "string" } } }\"\"\"
                                """)
                        .source(PLUGIN)
                        .description())
                .isEqualTo("json files in /in");
    }

    @Test
    void aJsonSchemaAndASampleAreForJsonAndOneOfThemAtATime() {
        assertThatThrownBy(() -> TestModel.of("path = /in, format = csv, sample-file = x")
                        .source(PLUGIN))
                .hasMessage("test.conf:1:27  sample-file: is not for format csv");
        assertThatThrownBy(() -> TestModel.of(
                                """
                                path = /in, format = json
                                schema = "a INT"
                                sample-file = no/such.json
                                json-schema = "{"
                                """)
                        .source(PLUGIN))
                .hasMessage(
                        """
                        test.conf  takes one of schema, json-schema, json-schema-file, sample, sample-file, not schema and json-schema and sample-file
                        test.conf:3:1  sample-file: cannot be read: no/such.json (NoSuchFileException)
                        test.conf:4:1  json-schema: is not JSON: Unexpected end-of-input: expected close marker for Object, at line 1, column 2""");
    }

    @Test
    void typesThatAreNotReadFromJsonAreSaidAtOnce() {
        assertThatThrownBy(() -> TestModel.of("path = /in, format = json, schema = \"a ARRAY<MAP<INT, STRING>>\"")
                        .source(PLUGIN))
                .hasMessage("test.conf:1:28  schema: has a MAP whose keys are INT, but names in JSON are texts; write"
                        + " MAP<STRING, STRING>");
        assertThatThrownBy(() -> TestModel.of("path = /in, format = json, schema = \"a STRUCT<b: VARCHAR(3)>\"")
                        .source(PLUGIN))
                .hasMessage(
                        "test.conf:1:28  schema: has the type VARCHAR(3), which is not read from JSON; write STRING");
    }

    @Test
    void sinksDescribeThemselves() {
        Sink sink = TestModel.of("path = /out, format = json, partition-by = [day, country], save-mode = overwrite")
                .sink(PLUGIN, RunMode.BATCH);

        assertThat(sink.description()).isEqualTo("json files in /out, overwrite, in folders by day, country");
        assertThat(sink.delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
    }

    @Test
    void filesAreNotWrittenToAPattern() {
        assertThatThrownBy(() -> TestModel.of("path = \"/out/*\"").sink(PLUGIN, RunMode.BATCH))
                .hasMessage("test.conf:1:1  path: is a pattern; files can be written to one folder only");
    }

    @Test
    void overwritingInAStreamIsWarnedOf() {
        TestModel model = TestModel.of("path = /out, save-mode = overwrite");
        model.sink(PLUGIN, RunMode.STREAM);

        assertThat(model.warnings())
                .containsExactly(
                        "save-mode = overwrite in a stream: each micro-batch replaces what the one before has written");
    }
}
