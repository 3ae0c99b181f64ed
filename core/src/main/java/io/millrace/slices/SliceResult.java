package io.millrace.slices;

import io.millrace.config.MillraceException;
import io.millrace.run.EtlResult;
import io.millrace.spi.Slice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one slice in a sliced run.
 *
 * @param slice which one
 * @param status what became of it
 * @param entry what the ledger knows of it, as of the claim; null where the run was stopped before it was looked at
 * @param takenOver who was at it before and died, for people; null where nobody did
 * @param etls what its ETLs did
 * @param requested slices that are to be run again because of it
 * @param failure why it failed; null where it did not
 * @param duration wall time
 */
public record SliceResult(
        Slice slice,
        Status status,
        @Nullable SliceEntry entry,
        @Nullable String takenOver,
        List<EtlResult> etls,
        List<Slice> requested,
        @Nullable MillraceException failure,
        Duration duration) {

    /** What becomes of a slice. */
    public enum Status {
        /** It is done. */
        DONE,
        /** It was done before, and nobody has asked for it again. */
        DONE_BEFORE,
        /** Somebody else is at it. */
        HELD,
        /** It failed; the next sliced run goes on with it. */
        FAILED,
        /** The run was asked to stop before it was through. */
        STOPPED
    }

    /** Copies the lists. */
    public SliceResult {
        etls = List.copyOf(etls);
        requested = List.copyOf(requested);
    }

    /** A slice that was not run. */
    static SliceResult notRun(Slice slice, Status status, @Nullable SliceEntry entry) {
        return new SliceResult(slice, status, entry, null, List.of(), List.of(), null, Duration.ZERO);
    }

    /** Returns the id of its run; empty where none was begun yet. */
    public Optional<String> runId() {
        return Optional.ofNullable(entry).map(SliceEntry::run);
    }
}
