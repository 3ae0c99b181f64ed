package io.millrace.parallelwrite;

import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.WriteExecutionPlan;
import io.millrace.config.MillraceException;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CommitOutcome.Unknown;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One attempt to write a batch: remembers what came of the writing, for the case that the exchange around it fails. */
final class ExchangeAttempt {

    private final CatalogCoordinates coordinates;
    private final Function<WriteExecutionPlan, CommitOutcome> writes;
    private @Nullable CommitOutcome written;
    private @Nullable Error broken;

    ExchangeAttempt(CatalogCoordinates coordinates, Function<WriteExecutionPlan, CommitOutcome> writes) {
        this.coordinates = coordinates;
        this.writes = writes;
    }

    /** Writes as the plan says. Throws where nothing was written, and only there, so that the exchange tells the entity. */
    CommitOutcome write(WriteExecutionPlan plan) {
        CommitOutcome outcome = outcome(plan);
        written = outcome;
        if (outcome instanceof Rejected rejected) {
            throw rejected.reason();
        }
        return outcome;
    }

    private CommitOutcome outcome(WriteExecutionPlan plan) {
        try {
            return writes.apply(plan);
        } catch (Error thrown) {
            broken = thrown;
            return new Unknown(MillraceException.internal("entity " + coordinates + ": " + thrown, thrown));
        }
    }

    /** Throws the error that the writing has ended with, which the exchange was to hear nothing of. */
    void rethrow() {
        if (broken != null) {
            throw broken;
        }
    }

    /** Returns whether an outcome can be told to the entity: one that nobody knows must not be called a failure, nor a success. */
    static boolean known(CommitOutcome outcome) {
        return !(outcome instanceof Unknown);
    }

    /** Returns what it means for the batch that the exchange failed. */
    CommitOutcome outcomeOf(RuntimeException failed) {
        MillraceException reason = failed instanceof MillraceException known
                ? known
                : MillraceException.plugin("entity " + coordinates + " failed: " + failed, failed);
        if (written == null || written instanceof Rejected) {
            return new Rejected(reason);
        }
        return new Unknown(MillraceException.external(
                reason.getMessage()
                        + "; the rows are written, and stay: the same batch, written again, asks the entity again",
                reason));
    }
}
