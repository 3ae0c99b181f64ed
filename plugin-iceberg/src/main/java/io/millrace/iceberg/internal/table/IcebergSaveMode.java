package io.millrace.iceberg.internal.table;

/** What becomes of the rows that are there. */
enum IcebergSaveMode {
    APPEND,
    OVERWRITE,
    UPSERT,
    MERGE
}
