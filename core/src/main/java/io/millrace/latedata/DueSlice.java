package io.millrace.latedata;

import io.millrace.spi.Slice;

/**
 * A slice that is to be run, or is not though one might think so.
 *
 * @param slice which one
 * @param name its date, or its partition
 * @param due why it is to be run, or what keeps it from it
 * @param reason the same in words, with versions
 */
public record DueSlice(Slice slice, String name, Due due, String reason) {

    /** Why a slice is to be run or not. */
    public enum Due {
        /** It was never run. */
        NEW(true),
        /** It changed after its last run. */
        LATE(true),
        /** It was asked for: because of late data, or by a person. */
        REQUESTED(true),
        /** Its last run failed. */
        FAILED(true),
        /** The process that was at it died. */
        LEFT(true),
        /** Somebody is at it. */
        HELD(false),
        /** Its rows may still come: there is no later slice yet. */
        NOT_READY(false),
        /** The table has no such partition. */
        ABSENT(false),
        /** It is too old, by {@code look-back}. */
        TOO_OLD(false),
        /** It would be one too many for a run, by {@code max-backfills}. */
        TOO_MANY(false),
        /** Its partition is none that a slice could be made of. */
        NO_SLICE(false);

        private final boolean run;

        Due(boolean run) {
            this.run = run;
        }

        /** Returns whether it is to be run. */
        public boolean run() {
            return run;
        }
    }
}
