package io.millrace.iceberg;

/** What an overwriting batch replaces. */
enum OverwriteMode {
    /** The whole table. */
    STATIC,
    /** The partitions it has rows for. */
    DYNAMIC
}
