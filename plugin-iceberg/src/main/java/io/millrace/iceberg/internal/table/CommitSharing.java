package io.millrace.iceberg.internal.table;

/** Who commits the files of a batch. */
public enum CommitSharing {
    /** The batch by itself. */
    OWN,
    /** Whoever of the application commits to the table next, for all batches that are ready by then. */
    SHARED
}
