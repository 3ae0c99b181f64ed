package io.millrace.workflow;

import java.time.Duration;

/**
 * Whether a job that failed is run again. What its earlier attempts committed is not written a second time.
 *
 * @param count how many times it is run again at most; 0 for never
 * @param pause before each further attempt
 * @param on which failures are worth it
 */
public record JobRetry(int count, Duration pause, On on) {

    /** A job that fails has failed. */
    public static final JobRetry NEVER = new JobRetry(0, Duration.ZERO, On.TRANSIENT);

    /** Which failures are worth another attempt. */
    public enum On {
        /** Any. */
        ALWAYS,
        /** What the job itself did wrong: the user's input, a plugin, a strategy. */
        FAILURE,
        /** What happened around it: storage, a catalog, a server, Millrace itself. */
        ERROR,
        /** What may be gone the next time: storage, a catalog, a server, a commit that met another. */
        TRANSIENT
    }

    /** Refuses negative numbers. */
    public JobRetry {
        if (count < 0 || pause.isNegative()) {
            throw new IllegalArgumentException("a retry needs a count and a pause of 0 or more");
        }
    }
}
