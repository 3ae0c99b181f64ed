package io.millrace.parallelwrite;

import io.millrace.config.MillraceException;
import io.millrace.spi.RowError;

/** Turns what a write throws into an error for people. */
final class WriteFailure {

    private WriteFailure() {}

    static MillraceException of(ColdTarget target, Throwable thrown) {
        return RowError.in(thrown)
                .orElseGet(() -> thrown instanceof MillraceException known
                        ? known
                        : MillraceException.external("writing to " + target + " failed: " + thrown, thrown));
    }
}
