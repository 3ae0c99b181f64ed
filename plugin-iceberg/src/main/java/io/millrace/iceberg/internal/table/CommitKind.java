package io.millrace.iceberg.internal.table;

import java.util.Locale;

/** How files come into a table. None of them depends on what the table holds when it is committed, so each may be tried again. */
public enum CommitKind {
    /** Beside what is there. */
    APPEND,
    /** In the place of all that is there. */
    OVERWRITE,
    /** In the place of the partitions that the files are in. */
    OVERWRITE_PARTITIONS;

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
