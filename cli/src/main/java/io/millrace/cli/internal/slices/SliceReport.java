package io.millrace.cli.internal.slices;

import io.millrace.slices.SliceResult;
import io.millrace.spi.Slice;
import java.time.Duration;
import java.util.List;

/** Tells what became of slices. */
interface SliceReport {

    /** A slice is through, or was not run. */
    void slice(SliceResult result);

    /**
     * All are through.
     *
     * @param waiting slices that are asked for, and left to a later run
     */
    void finished(List<SliceResult> results, List<Slice> waiting, Duration duration);
}
