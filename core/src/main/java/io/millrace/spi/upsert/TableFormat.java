package io.millrace.spi.upsert;

/** The formats of tables that are upserted into. */
public enum TableFormat {
    /** Delta Lake. */
    DELTA,
    /** Apache Iceberg. */
    ICEBERG
}
