package io.millrace.latedata;

import io.millrace.slices.SliceEntry;
import io.millrace.slices.SliceState;
import io.millrace.spi.Slice;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Finds the slices whose rows changed after they were run. */
final class LateSlices {

    private LateSlices() {}

    /**
     * Returns the slices that are done, are not asked for already, and changed after the version that their last run has read.
     *
     * @param changed slice to the version that changed it last
     * @param number the place of a version among all
     * @param those which slices to look at
     * @return slice to reason
     */
    static Map<Slice, String> of(
            Collection<SliceEntry> slices,
            Map<Slice, String> changed,
            ToLongFunction<String> number,
            Predicate<Slice> those) {
        Map<Slice, String> late = new LinkedHashMap<>();
        for (SliceEntry entry : slices) {
            String change = changed.getOrDefault(entry.slice(), "");
            boolean isLate = entry.state() == SliceState.DONE
                    && entry.doneVersion() != null
                    && !change.isEmpty()
                    && number.applyAsLong(change) > number.applyAsLong(Objects.requireNonNull(entry.doneVersion()));
            if (isLate && those.test(entry.slice())) {
                late.put(
                        entry.slice(),
                        "changed at version " + change + ", was run as of version " + entry.doneVersion());
            }
        }
        return late;
    }
}
