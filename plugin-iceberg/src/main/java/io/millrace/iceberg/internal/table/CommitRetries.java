package io.millrace.iceberg.internal.table;

import dev.failsafe.RetryPolicy;
import io.millrace.config.Causes;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;

/**
 * How often a commit is tried where others come first, and how long it waits in between: longer each time, with jitter, so that writers which met
 * once do not meet again. Iceberg tries a few times by itself within each attempt.
 *
 * @param attempts at least 1
 * @param shortest the first wait
 * @param longest no wait is longer
 */
public record CommitRetries(int attempts, Duration shortest, Duration longest) {

    /** Some minutes in all. */
    public static final CommitRetries STANDARD = new CommitRetries(30, Duration.ofMillis(100), Duration.ofSeconds(10));

    private static final double JITTER = 0.5;

    /** For a commit of files, which says what else is wrong at once. */
    public RetryPolicy<Object> policy() {
        return policy(thrown -> thrown instanceof CommitFailedException);
    }

    /** For a MERGE, which has to begin anew where others have changed what it has read. */
    public RetryPolicy<Object> mergePolicy() {
        return policy(CommitRetries::isConflict);
    }

    /** Returns whether a change of a table failed because others have changed it meanwhile. */
    public static boolean isConflict(Throwable failed) {
        return Causes.first(failed, CommitFailedException.class).isPresent()
                || Causes.first(failed, ValidationException.class).isPresent();
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
