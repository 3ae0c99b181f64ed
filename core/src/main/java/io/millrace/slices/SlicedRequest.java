package io.millrace.slices;

import io.millrace.spi.Slice;
import java.util.List;

/**
 * What a sliced run is to do.
 *
 * @param slices in the order in which they are to begin; each once
 * @param maxConcurrent how many may run at once; at least 1
 * @param again whether those that are done are done anew
 */
public record SlicedRequest(List<Slice> slices, int maxConcurrent, boolean again) {

    /** Copies the list. */
    public SlicedRequest {
        slices = slices.stream().distinct().toList();
        if (maxConcurrent < 1) {
            throw new IllegalArgumentException("at least one slice has to run at a time");
        }
    }

    /** Those that are not done yet, up to three at once. */
    public static SlicedRequest of(List<Slice> slices) {
        return new SlicedRequest(slices, 3, false);
    }
}
