package io.millrace.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An output as planned: a plugin's decoded settings, ready to write. Immutable: several runs of a plan write at once, and several threads use it then.
 * What is to be remembered from batch to batch belongs to {@link #ofRun}.
 */
public interface Sink {

    /** Returns one line for people, without secrets: what is written, where, how. */
    String description();

    /** Returns what it promises about a batch that is written again. */
    Delivery delivery();

    /** Returns which rows a batch takes the place of; empty, as by default, where there is nothing that keeps rows, such as a terminal. */
    default Optional<ReplacedRows> replacedRows() {
        return Optional.empty();
    }

    /**
     * Returns the sink of one run, which is used by one thread at a time: called for each output of each run, and of each start of a stream, before
     * the first batch. It may keep what is of use from batch to batch, such as that a topic is there; a target that other runs write too it asks.
     *
     * @return the sink itself, where it keeps nothing
     */
    default Sink ofRun() {
        return this;
    }

    /**
     * Tells a person what batches did, in a few short lines, such as what changed, what was left and why, and what it cost.
     *
     * @param details the details of one or several batches, the oldest first, as they are in {@link CommitOutcome.Committed}
     * @return empty where the details of the last batch say it as well
     */
    default List<String> summary(List<Map<String, Object>> details) {
        return List.of();
    }

    /**
     * Writes a batch. Called once per attempt; the same batch comes again after a crash or a failure, with the same id and, as far as the
     * source can be read again, the same rows.
     *
     * <p>Only {@link CommitOutcome.Rejected} says that nothing of the batch is in the target. It is therefore what a sink returns wherever that is
     * certain: rows that do not fit, a target that is not there, a job that fails before the commit. {@link io.millrace.spi.Preparation} helps with
     * it. Whatever is thrown counts as {@link CommitOutcome.Unknown}: nothing is deleted, the run is remembered, and the same batch, written again,
     * finds out.
     *
     * @return what came of it
     */
    CommitOutcome write(Batch batch);
}
