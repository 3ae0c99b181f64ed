package io.millrace.catalog;

/** How the rows of an output go into an entity. */
public sealed interface WriterDetails permits ParallelWrite, ContinuousUpdate {

    /** Returns the value of {@code writerType} by which the writer is chosen. */
    String writerType();

    /** Returns whether a Delta table gets a symlink manifest after each commit, for engines that read no Delta. */
    boolean symlinkManifest();
}
