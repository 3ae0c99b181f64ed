package io.millrace.testkit;

import io.millrace.config.Option;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.PlanContext;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Source;
import io.millrace.spi.SourcePlugin;
import io.millrace.spi.StreamingSource;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The product {@code given}, for tests: the rows of JSON lines in a folder ({@code path}) with columns as in CREATE TABLE ({@code schema}), a
 * micro-batch for each file.
 */
public final class GivenPlugin implements SourcePlugin {

    private static final Option<String> PATH = Option.text("path").byDefault("/", "The folder.");
    private static final Option<String> SCHEMA =
            Option.text("schema").byDefault("id BIGINT", "The columns, as in CREATE TABLE.");

    /** Made by {@link java.util.ServiceLoader}. */
    public GivenPlugin() {}

    @Override
    public String product() {
        return "given";
    }

    @Override
    public String description() {
        return "The rows of a test.";
    }

    @Override
    public List<OptionDescription> options() {
        return OptionDescription.of(PATH, SCHEMA);
    }

    @Override
    public Optional<? extends Source> source(PlanContext context) {
        String path = context.value().get(PATH);
        String schema = context.value().get(SCHEMA);
        return context.value().build(() -> new Given(path, schema));
    }

    private record Given(String path, String schema) implements StreamingSource {

        @Override
        public String description() {
            return "given rows";
        }

        @Override
        public Dataset<Row> read(ReadContext context) {
            return context.session().read().schema(schema).json(path);
        }

        @Override
        public boolean streamsByDefault() {
            return true;
        }

        @Override
        public Dataset<Row> readStream(ReadContext context) {
            return context.session()
                    .readStream()
                    .schema(schema)
                    .option("maxFilesPerTrigger", 1)
                    .json(path);
        }
    }
}
