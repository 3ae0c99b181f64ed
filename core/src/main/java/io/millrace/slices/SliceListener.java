package io.millrace.slices;

import io.millrace.run.RunListener;
import io.millrace.spi.Slice;

/** Hears what a sliced run does, on the threads that do it: must be quick and thread-safe. */
public interface SliceListener {

    /** Hears nothing. */
    SliceListener NONE = new SliceListener() {};

    /** A slice begins, or goes on with a run that did not finish. */
    default void sliceStarted(SliceEntry entry) {}

    /** Returns what hears of the run of a slice. */
    default RunListener runOf(Slice slice) {
        return RunListener.NONE;
    }

    /** A slice is through, or was not run. */
    default void sliceEnded(SliceResult result) {}
}
