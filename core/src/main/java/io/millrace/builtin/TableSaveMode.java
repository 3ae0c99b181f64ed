package io.millrace.builtin;

import java.util.Locale;
import org.apache.spark.sql.SaveMode;

/** What becomes of the rows that are there. */
enum TableSaveMode {
    APPEND(SaveMode.Append),
    OVERWRITE(SaveMode.Overwrite);

    private final SaveMode spark;

    TableSaveMode(SaveMode spark) {
        this.spark = spark;
    }

    SaveMode spark() {
        return spark;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
