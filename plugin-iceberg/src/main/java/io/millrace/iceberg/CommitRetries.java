package io.millrace.iceberg;

import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.iceberg.exceptions.CommitFailedException;

/**
 * How often a commit is tried where others come first, and how long it waits in between: longer each time, with jitter, so that writers which met
 * once do not meet again. Iceberg tries a few times by itself within each attempt.
 *
 * @param attempts at least 1
 * @param shortest the first wait
 * @param longest no wait is longer
 */
record CommitRetries(int attempts, Duration shortest, Duration longest) {

    static final CommitRetries STANDARD = new CommitRetries(30, Duration.ofMillis(100), Duration.ofSeconds(10));

    private static final double JITTER = 0.5;

    /** For a commit of files, which says what else is wrong at once. */
    RetryPolicy<Object> policy() {
        return policy(thrown -> thrown instanceof CommitFailedException);
    }

    /** For a MERGE, which has to begin anew where others have changed what it has read. */
    RetryPolicy<Object> mergePolicy() {
        return policy(CommitFate::isConflict);
    }

    private RetryPolicy<Object> policy(Predicate<Throwable> again) {
        return RetryPolicy.builder()
                .handleIf(again::test)
                .withMaxRetries(attempts - 1)
                .withBackoff(shortest, longest)
                .withJitter(JITTER)
                .build();
    }
}
