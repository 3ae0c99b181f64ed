package io.millrace.latedata;

import io.millrace.slices.SliceResult;
import io.millrace.slices.SliceResult.Status;
import io.millrace.spi.Slice;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run for late data did.
 *
 * @param pipegraph its name
 * @param slices what became of those that were asked for, or due
 * @param backfills what became of those that were run again because of late data
 * @param left slices that wait to be run again
 * @param notRun those that might have been run, and were not
 * @param duration wall time
 */
public record LateDataResult(
        String pipegraph,
        List<SliceResult> slices,
        List<SliceResult> backfills,
        List<Slice> left,
        List<DueSlice> notRun,
        Duration duration) {

    /** Copies the lists. */
    public LateDataResult {
        slices = List.copyOf(slices);
        backfills = List.copyOf(backfills);
        left = List.copyOf(left);
        notRun = List.copyOf(notRun);
    }

    /** Returns those of which something became, whether they were asked for or run again. */
    public List<SliceResult> having(Status status) {
        return Stream.concat(slices.stream(), backfills.stream())
                .filter(slice -> slice.status() == status)
                .toList();
    }
}
