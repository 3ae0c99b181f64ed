package io.millrace.cli.internal.products;

import io.millrace.spi.Strategy;
import io.millrace.spi.StrategyContext;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Lets rows through slowly: one task takes them all, and waits where it is ahead of time. */
final class RateLimit implements Strategy<RateLimit.Configuration> {

    /**
     * How slowly.
     *
     * @param view the rows
     * @param rate rows in a second
     */
    record Configuration(String view, int rate) {}

    @Override
    public Class<Configuration> configurationType() {
        return Configuration.class;
    }

    @Override
    public Dataset<Row> transform(StrategyContext context, Configuration configuration) {
        Dataset<Row> rows = context.view(configuration.view());
        int rate = configuration.rate();
        return rows.coalesce(1)
                .mapPartitions(
                        (MapPartitionsFunction<Row, Row>) all -> new Limited(all, rate), Encoders.row(rows.schema()));
    }

    private static final class Limited implements Iterator<Row> {

        private final Iterator<Row> rows;
        private final double nanosEach;
        private final long started = System.nanoTime();
        private long passed;

        Limited(Iterator<Row> rows, int rate) {
            this.rows = rows;
            this.nanosEach = (double) TimeUnit.SECONDS.toNanos(1) / rate;
        }

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public Row next() {
            long due = started + (long) (nanosEach * passed++);
            for (long ahead = due - System.nanoTime(); ahead > 0; ahead = due - System.nanoTime()) {
                LockSupport.parkNanos(ahead);
            }
            return rows.next();
        }
    }
}
