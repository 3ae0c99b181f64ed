package io.millrace.iceberg;

/** Who commits the files of a batch. */
enum CommitMode {
    /** The batch by itself. */
    OWN,
    /** Whoever of the application commits to the table next, for all batches that are ready by then. */
    SHARED
}
