package com.acme.orders;

import io.millrace.spi.StreamingStrategy;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Lets each event through once, however often it is delivered. */
public final class DropRepeats implements StreamingStrategy<DropRepeats.Configuration> {

    /**
     * Decoded from {@code configuration { columns = [order_id, updated_at], time = updated_at, patience = 1h }}.
     *
     * @param columns what makes an event the same
     * @param time when it happened
     * @param patience how long after it happened an event is remembered
     */
    public record Configuration(List<String> columns, String time, Duration patience) {}

    @Override
    public Class<Configuration> configurationType() {
        return Configuration.class;
    }

    @Override
    public Dataset<Row> transform(Dataset<Row> stream, Configuration configuration) {
        String[] columns = configuration.columns().toArray(String[]::new);
        return stream.isStreaming()
                ? stream.withWatermark(
                                configuration.time(), configuration.patience().toSeconds() + " seconds")
                        .dropDuplicatesWithinWatermark(columns)
                : stream.dropDuplicates(columns);
    }
}
