package io.millrace.testkit;

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
        return List.of();
    }

    @Override
    public Optional<? extends Source> source(PlanContext context) {
        String path = context.value().optionalString("path").orElse("");
        String schema = context.value().optionalString("schema").orElse("");
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
