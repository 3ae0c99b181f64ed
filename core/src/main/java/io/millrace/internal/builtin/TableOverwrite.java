package io.millrace.internal.builtin;

/** What a batch replaces that overwrites a table. */
enum TableOverwrite {
    /** The whole table. */
    STATIC,
    /** The partitions the batch has rows for. */
    DYNAMIC
}
