package io.millrace.continuousupdate;

import dev.failsafe.RetryPolicy;
import io.millrace.continuousupdate.internal.spark.DeltaConflict;
import java.time.Duration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How often a merge is tried where other commits come first, and how long it waits in between: longer each time, with jitter, so that writers
 * which met once do not meet again.
 *
 * @param attempts at least 1
 * @param shortest the first wait
 * @param longest no wait is longer
 */
record ConflictRetries(int attempts, Duration shortest, Duration longest) {

    static final ConflictRetries STANDARD = new ConflictRetries(20, Duration.ofMillis(100), Duration.ofSeconds(10));

    private static final double JITTER = 0.5;

    RetryPolicy<Dataset<Row>> policy() {
        return RetryPolicy.<Dataset<Row>>builder()
                .handleIf(thrown -> DeltaConflict.in(thrown).isPresent())
                .withMaxRetries(attempts - 1)
                .withBackoff(shortest, longest)
                .withJitter(JITTER)
                .build();
    }
}
