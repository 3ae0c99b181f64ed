package io.millrace.spi;

import io.millrace.config.MillraceException;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * How a sink writes a batch in two steps, so that it need not think about the meaning of every failure: a preparation, which leaves the target as it
 * was, and a commit. A preparation that fails rejects the batch. What a commit throws says nothing, and is thrown on.
 */
public final class Preparation {

    private Preparation() {}

    /** The last step of a write: from its beginning on, something of the batch may be in the target. */
    @FunctionalInterface
    public interface Commit {

        /** Commits, and returns what came of it. */
        CommitOutcome commit();
    }

    /**
     * Writes a batch.
     *
     * @param what what is being done, such as {@code cannot write table orders}; the message about a failed preparation begins with it, unless that
     *     threw a {@link io.millrace.config.MillraceException}
     * @param preparation does what is to be done before the commit, and returns the commit
     */
    public static CommitOutcome of(String what, Callable<? extends Commit> preparation) {
        return outcome(what, preparation, CommitOutcome.Rejected::new);
    }

    /**
     * The same where somebody acts on a rejection, such as a server that then deletes what earlier attempts have written: where the preparation fails
     * because another system does not answer (kind EXTERNAL), what those have written is not known.
     */
    public static CommitOutcome asking(String what, Callable<? extends Commit> preparation) {
        return outcome(
                what,
                preparation,
                reason -> reason.kind() == MillraceException.Kind.EXTERNAL
                        ? new CommitOutcome.Unknown(reason)
                        : new CommitOutcome.Rejected(reason));
    }

    private static CommitOutcome outcome(
            String what,
            Callable<? extends Commit> preparation,
            Function<MillraceException, ? extends CommitOutcome> ofFailure) {
        Commit commit;
        try {
            commit = preparation.call();
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            return ofFailure.apply(SparkErrors.of(what, failed));
        }
        return commit.commit();
    }
}
