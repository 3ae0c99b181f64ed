package io.millrace.examples.crash;

import io.millrace.spi.NoConfiguration;
import io.millrace.spi.Strategy;
import io.millrace.spi.StrategyContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Takes its time, so that it is likely to be killed in between. */
public final class SlowCopy implements Strategy<NoConfiguration> {

    /** Created where a pipegraph names the class. */
    public SlowCopy() {}

    @Override
    public Class<NoConfiguration> configurationType() {
        return NoConfiguration.class;
    }

    @Override
    public Dataset<Row> transform(StrategyContext context, NoConfiguration configuration) {
        return context.view("events").filter((FilterFunction<Row>) row -> {
            Thread.sleep(3);
            return true;
        });
    }
}
