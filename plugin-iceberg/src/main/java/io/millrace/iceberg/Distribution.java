package io.millrace.iceberg;

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
