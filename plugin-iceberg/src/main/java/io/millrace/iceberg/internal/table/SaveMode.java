package io.millrace.iceberg.internal.table;

/** What becomes of the rows that are there. */
enum SaveMode {
    APPEND,
    OVERWRITE,
    UPSERT,
    MERGE
}
