package com.acme;

import static org.apache.spark.sql.functions.col;

import io.millrace.spi.Strategy;
import io.millrace.spi.StrategyContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Marks the orders that are worth a second look. */
public final class ScoreOrders implements Strategy<ScoreOrders.Configuration> {

    /** Decoded from {@code configuration { threshold = 100 }}. */
    public record Configuration(double threshold) {}

    @Override
    public Class<Configuration> configurationType() {
        return Configuration.class;
    }

    @Override
    public Dataset<Row> transform(StrategyContext context, Configuration configuration) {
        return context.view("orders").withColumn("look", col("price").gt(configuration.threshold()));
    }
}
