package io.millrace.iceberg.internal.table;

/** What an overwriting batch replaces. */
enum OverwriteMode {
    /** The whole table. */
    STATIC,
    /** The partitions it has rows for. */
    DYNAMIC
}
