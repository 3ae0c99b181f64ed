package io.millrace.iceberg;

/** What becomes of the rows that are there. */
enum SaveMode {
    APPEND,
    OVERWRITE,
    UPSERT,
    MERGE
}
