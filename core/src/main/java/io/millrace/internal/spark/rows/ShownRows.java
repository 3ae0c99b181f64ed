package io.millrace.internal.spark.rows;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows as a table of text, as {@code Dataset.show} prints them. */
public final class ShownRows {

    private ShownRows() {}

    /**
     * Computes the first rows.
     *
     * @param rows how many at most
     * @param truncate how many characters of a value at most
     */
    public static String of(Dataset<Row> data, int rows, int truncate) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) data).showString(rows, truncate, false);
    }
}
