package io.millrace.catalog;

/** What {@link SaveMode#OVERWRITE} replaces. */
public enum EntityOverwrite {
    /** All rows of the entity. */
    STATIC,
    /** The partitions that a batch has rows for. */
    DYNAMIC
}
