package io.millrace.kafka;

import io.millrace.kafka.internal.event.EventStatus;
import io.millrace.kafka.internal.event.RepeatedEvents;
import io.millrace.spi.StreamingStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Tells events that come again from those that are new. An event is JSON in the column {@code value}, as text or bytes; it is the one that its {@code
 * metadata.checksum} says, or else its {@code mid}. Which events came is kept in the checkpoint of the stream, for a day if nothing else is said, so that
 * an event that comes again after a restart is found, too.
 *
 * <p>Makes the columns {@code value} (bytes), {@code did} (the device: {@code dimensions.did}, or else {@code context.did}) and {@code status}: {@code
 * unique}, {@code duplicate} or {@code malformed}. The value of an event that is JSON gets an object {@code flags}: {@code dd_processed} says whether it
 * was looked for, {@code dd_checksum_present} is false where it does not say which one it is, {@code dd_duplicate_event} is true in a duplicate. What is no
 * JSON object is malformed, and stays as it is.
 */
public final class Deduplication implements StreamingStrategy<Deduplication.Configuration> {

    private static final Duration A_DAY = Duration.ofHours(24);

    /** Created where a pipegraph names the class. */
    public Deduplication() {}

    /**
     * What is looked for.
     *
     * @param timeToLive how long an event is remembered; 24 hours, if nothing is said
     * @param producers only events of these are looked for, by their {@code context.pdata.id}; all, if nothing is said
     */
    public record Configuration(Optional<Duration> timeToLive, List<String> producers) {

        /** Copies the list. */
        public Configuration {
            producers = List.copyOf(producers);
        }
    }

    @Override
    public Class<Configuration> configurationType() {
        return Configuration.class;
    }

    @Override
    public Dataset<Row> transform(Dataset<Row> stream, Configuration configuration) {
        return new RepeatedEvents(configuration.timeToLive().orElse(A_DAY))
                .marked(EventStatus.of(stream, configuration.producers()));
    }
}
