package io.millrace.spi;

/** An output as planned: a plugin's decoded settings, ready to write. Used by one thread at a time. */
public interface Sink {

    /** Returns one line for people, without secrets: what is written, where, how. */
    String description();

    /** Returns what it promises about a batch that is written again. */
    Delivery delivery();

    /**
     * Writes a batch. Called once per attempt; the same batch comes again after a crash or a failure, with the same id and, as far as the
     * source can be read again, the same rows.
     *
     * @return what came of it; a batch whose fate is clear never throws
     * @throws io.millrace.config.MillraceException where the batch was not written and nothing of it can be in the target, as a short form of
     *     {@link CommitOutcome.Rejected}
     */
    CommitOutcome write(Batch batch);
}
