package io.millrace.iceberg;

import java.util.Locale;

/** How rows are sent to the tasks that write them. */
public enum Distribution {
    /** As they come. */
    NONE,
    /** Rows of one partition to one task. */
    HASH,
    /** By ranges of the order in which files are sorted. */
    RANGE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
