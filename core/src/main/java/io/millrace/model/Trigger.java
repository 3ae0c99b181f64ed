package io.millrace.model;

import java.time.Duration;

/** When an ETL runs. */
public sealed interface Trigger {

    /** Once, over all its input. */
    record Batch() implements Trigger {
        @Override
        public String toString() {
            return "batch";
        }
    }

    /** As a stream that takes all that has arrived since the last run, then ends. */
    record AvailableNow() implements Trigger {
        @Override
        public String toString() {
            return "available-now";
        }
    }

    /** As a stream whose micro-batches follow each other without pause. */
    record Continuous() implements Trigger {
        @Override
        public String toString() {
            return "continuous";
        }
    }

    /**
     * As a stream with a micro-batch at every interval.
     *
     * @param interval positive
     */
    record Every(Duration interval) implements Trigger {
        /** Refuses an interval that is not positive. */
        public Every {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException("the interval of a trigger must be positive");
            }
        }

        @Override
        public String toString() {
            return "every " + interval.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Returns whether the ETL is a stream: it has a checkpoint, and takes each row of its streaming input once. */
    default boolean streaming() {
        return !(this instanceof Batch);
    }

    /** Returns whether the ETL runs until it is asked to stop. */
    default boolean endless() {
        return this instanceof Continuous || this instanceof Every;
    }
}
