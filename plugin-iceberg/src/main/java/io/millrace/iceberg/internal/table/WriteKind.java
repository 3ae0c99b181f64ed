package io.millrace.iceberg.internal.table;

import io.millrace.spi.ReplacedRows;

/** How files come into a table. None of them depends on what the table holds when it is committed, so each may be tried again. */
public enum WriteKind {
    /** Beside what is there. */
    APPEND,
    /** In the place of all that is there. */
    OVERWRITE,
    /** In the place of the partitions that the files are in. */
    OVERWRITE_PARTITIONS;

    /** Returns which rows of a table a batch takes the place of. */
    public ReplacedRows replaced() {
        return switch (this) {
            case APPEND -> ReplacedRows.NONE;
            case OVERWRITE -> ReplacedRows.ALL;
            case OVERWRITE_PARTITIONS -> ReplacedRows.SAME_PARTITIONS;
        };
    }

    String words() {
        return this == APPEND ? "append" : "overwrite";
    }
}
