package io.millrace.iceberg.internal.table;

import java.util.Locale;

/** How rows are sent to the tasks that write them. */
enum Distribution {
    NONE,
    HASH,
    RANGE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
