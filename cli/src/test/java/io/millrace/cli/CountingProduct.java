package io.millrace.cli;

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

/** Reads the numbers below a limit; as a stream, counts for ever. */
public final class CountingProduct implements SourcePlugin {

    @Override
    public String product() {
        return "counting";
    }

    @Override
    public String description() {
        return "Numbers from 0.";
    }

    @Override
    public List<OptionDescription> options() {
        return List.of(
                new OptionDescription("below", "number", "required", "The numbers end before it."),
                new OptionDescription("rows-per-second", "number", "10", "How fast a stream counts."));
    }

    @Override
    public Optional<Source> source(PlanContext context) {
        Optional<Integer> below = context.value().optionalPositiveInt("below");
        Optional<Integer> speed = context.value().optionalPositiveInt("rows-per-second");
        if (below.isEmpty()) {
            context.value().problem("below", "is missing");
        }
        return context.value().build(() -> new Numbers(below.orElseThrow(), speed.orElse(10)));
    }

    private record Numbers(int below, int speed) implements StreamingSource {

        @Override
        public String description() {
            return "numbers below " + below;
        }

        @Override
        public Dataset<Row> read(ReadContext context) {
            return context.session().range(below).toDF("n");
        }

        @Override
        public boolean streamsByDefault() {
            return true;
        }

        @Override
        public Dataset<Row> readStream(ReadContext context) {
            return context.session()
                    .readStream()
                    .format("rate")
                    .option("rowsPerSecond", speed)
                    .load()
                    .selectExpr("value AS n");
        }
    }
}
