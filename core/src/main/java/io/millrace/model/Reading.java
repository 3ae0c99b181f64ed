package io.millrace.model;

/** How an ETL with a streaming trigger reads an input. */
public enum Reading {
    /** As the product does by itself: files and topics stream, tables are static. */
    BY_PRODUCT,
    /** Row by row as they arrive, each once. */
    STREAM,
    /** Whole, read afresh for every micro-batch. */
    STATIC
}
