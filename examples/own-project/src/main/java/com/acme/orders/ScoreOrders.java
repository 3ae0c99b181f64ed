package com.acme.orders;

import static org.apache.spark.sql.functions.col;

import io.millrace.spi.Strategy;
import io.millrace.spi.StrategyContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Marks the orders that are worth a second look. */
public final class ScoreOrders implements Strategy<ScoreOrders.Configuration> {

    /** Decoded from {@code configuration { threshold = 100 }}. */
    public record Configuration(double threshold) {

        /** Refuses a threshold that every order reaches. */
        public Configuration {
            if (threshold <= 0) {
                throw new IllegalArgumentException("threshold must be greater than 0, not " + threshold);
            }
        }
    }

    @Override
    public Class<Configuration> configurationType() {
        return Configuration.class;
    }

    @Override
    public Dataset<Row> transform(StrategyContext context, Configuration configuration) {
        Dataset<Row> orders = context.view("orders");
        context.deadLetter(orders.filter(col("price").isNull()), "NO_PRICE", "an order without a price has no score");
        return orders.filter(col("price").isNotNull())
                .withColumn("look", col("price").geq(configuration.threshold()));
    }
}
