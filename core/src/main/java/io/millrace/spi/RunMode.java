package io.millrace.spi;

/** How an ETL runs. */
public enum RunMode {
    /** Once, over all its input. */
    BATCH,
    /** In micro-batches, from a checkpoint. */
    STREAM
}
