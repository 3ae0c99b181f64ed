package io.millrace.slices;

import io.millrace.config.MillraceException;
import io.millrace.slices.SliceResult.Status;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a sliced run did.
 *
 * @param pipegraph its name
 * @param slices what became of each, in the order of the request
 * @param duration wall time
 */
public record SlicedResult(String pipegraph, List<SliceResult> slices, Duration duration) {

    /** Copies the list. */
    public SlicedResult {
        slices = List.copyOf(slices);
    }

    /** Returns those of which something became. */
    public List<SliceResult> having(Status status) {
        return slices.stream().filter(slice -> slice.status() == status).toList();
    }

    /** Returns whether every slice is done, now or before. */
    public boolean done() {
        return slices.stream().allMatch(slice -> slice.status() == Status.DONE || slice.status() == Status.DONE_BEFORE);
    }

    /** Returns why the first slice failed that did; empty where none did. */
    public Optional<MillraceException> failure() {
        return having(Status.FAILED).stream().findFirst().map(slice -> Objects.requireNonNull(slice.failure()));
    }

    /**
     * Returns this, where no slice failed.
     *
     * @throws MillraceException why the first one failed
     */
    public SlicedResult orThrow() {
        failure().ifPresent(failed -> {
            throw failed;
        });
        return this;
    }
}
