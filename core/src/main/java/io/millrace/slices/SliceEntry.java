package io.millrace.slices;

import io.millrace.internal.ledger.Owner;
import io.millrace.spi.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of a slice of a pipegraph.
 *
 * @param slice which one
 * @param state how far it is
 * @param run the id of its last run, by which commits of the run are known, at every attempt the same; null before the first
 * @param attempt how often that run was begun or gone on with; 0 before the first
 * @param version the version of the input that the run reads; null where no input is pinned
 * @param doneVersion that of the last run that was done; null where none was, or no input is pinned
 * @param claimedBy who is at it, as {@link Owner#format} writes it; null where nobody is
 * @param started when the last attempt began, for people; null before the first
 * @param finished when the last run ended, for people; null before
 * @param figures of the last run that was done
 * @param reason why it is to be run once more; null where it is not
 * @param failure why its last attempt failed; null where it did not
 */
public record SliceEntry(
        Slice slice,
        SliceState state,
        @Nullable String run,
        int attempt,
        @Nullable String version,
        @Nullable String doneVersion,
        @Nullable String claimedBy,
        @Nullable Instant started,
        @Nullable Instant finished,
        Figures figures,
        @Nullable String reason,
        @Nullable String failure) {

    /**
     * What a run has done.
     *
     * @param rowsRead of the inputs that can be counted
     * @param rowsWritten that were committed, to all outputs
     * @param duration wall time of the attempt that ended it
     */
    public record Figures(long rowsRead, long rowsWritten, Duration duration) {

        /** Those of a slice that was not run yet. */
        public static final Figures NONE = new Figures(0, 0, Duration.ZERO);
    }

    /** Returns who is at it, for people; empty where nobody is. */
    public Optional<String> owner() {
        return Optional.ofNullable(claimedBy).map(Owner::parse).map(Owner::toString);
    }

    /** A slice that is asked for, the first time or once more. */
    static SliceEntry waiting(Slice slice, @Nullable SliceEntry before, @Nullable String reason) {
        return new SliceEntry(
                slice,
                SliceState.WAITING,
                null,
                0,
                null,
                before == null ? null : before.doneVersion,
                null,
                null,
                before == null ? null : before.finished,
                before == null ? Figures.NONE : before.figures,
                reason,
                null);
    }

    /** The same, claimed for a new run. */
    SliceEntry begun(String newRun, @Nullable String pinned, Owner by, Instant now) {
        return claimed(newRun, 1, pinned, by, now);
    }

    /** The same, claimed to go on with its run. */
    SliceEntry again(Owner by, Instant now) {
        return claimed(run, attempt + 1, version, by, now);
    }

    private SliceEntry claimed(
            @Nullable String theRun, int theAttempt, @Nullable String pinned, Owner by, Instant now) {
        return new SliceEntry(
                slice,
                SliceState.RUNNING,
                theRun,
                theAttempt,
                pinned,
                doneVersion,
                by.format(),
                now,
                finished,
                figures,
                reason,
                null);
    }

    /** The same, done. */
    SliceEntry done(Figures of, Instant now) {
        return new SliceEntry(
                slice, SliceState.DONE, run, attempt, version, version, null, started, now, of, null, null);
    }

    /** The same, failed. */
    SliceEntry failed(String why, Instant now) {
        return new SliceEntry(
                slice, SliceState.FAILED, run, attempt, version, doneVersion, null, started, now, figures, reason, why);
    }
}
