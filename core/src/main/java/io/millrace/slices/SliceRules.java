package io.millrace.slices;

import io.millrace.spi.Slice;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What holds for the slices of a run beside their plan. Used by several threads. */
public interface SliceRules {

    /** No input is pinned, and no slice has others run again. */
    SliceRules NONE = new SliceRules() {};

    /** Returns the input that each run reads as of one version; empty where none is pinned. */
    default Optional<SliceLedger.Pin> pin() {
        return Optional.empty();
    }

    /** Returns whether slices are completed in the order of the request, whichever is through first. */
    default boolean inOrder() {
        return false;
    }

    /**
     * Chooses which slices are to be run again now that one is done. May be asked several times.
     *
     * @param done the slice that is being completed, as it was claimed
     * @param slices all that the ledger knows, as of the commit that completes it
     * @return slice to reason
     */
    default Map<Slice, String> requests(SliceEntry done, List<SliceEntry> slices) {
        return Map.of();
    }
}
