package io.millrace.internal.commit;

import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How often a commit is tried where others come first, and how long it waits in between: longer each time, with jitter, so that writers which met once
 * do not meet again.
 *
 * @param attempts at least 1
 * @param shortest the first wait
 * @param longest no wait is longer
 */
public record CommitRetries(int attempts, Duration shortest, Duration longest) {

    /** Some minutes in all. */
    public static final CommitRetries STANDARD = new CommitRetries(30, Duration.ofMillis(100), Duration.ofSeconds(10));

    private static final double JITTER = 0.5;

    /** Returns the policy of retrying after failures that a predicate says are conflicts. */
    public <T> RetryPolicy<T> after(Predicate<Throwable> conflict) {
        return RetryPolicy.<T>builder()
                .handleIf(conflict::test)
                .withMaxRetries(attempts - 1)
                .withBackoff(shortest, longest)
                .withJitter(JITTER)
                .build();
    }
}
