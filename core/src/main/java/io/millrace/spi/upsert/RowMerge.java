package io.millrace.spi.upsert;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * What a merge does. The conditions see the columns of the rows and of the table side by side; no name may be in both.
 *
 * @param rows are merged; at most one for each row of the table
 * @param settled whether the rows are computed and kept already, so that they are the same however often they are read; a format settles the others
 * @param on which rows belong together
 * @param delete which of the table's rows that found theirs are deleted; null for none
 * @param update which of the others get the values; null for none
 * @param insert which rows that found none are added; null for none. Sees the columns of the rows only
 * @param values the table's columns, quoted as in SQL where need be, and what they get
 */
public record RowMerge(
        Dataset<Row> rows,
        boolean settled,
        Column on,
        @Nullable Column delete,
        @Nullable Column update,
        @Nullable Column insert,
        Map<String, Column> values) {

    /** Copies the map, and keeps its order. */
    public RowMerge {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Returns {@link #delete}. */
    public Optional<Column> deletes() {
        return Optional.ofNullable(delete);
    }

    /** Returns {@link #update}. */
    public Optional<Column> updates() {
        return Optional.ofNullable(update);
    }

    /** Returns {@link #insert}. */
    public Optional<Column> inserts() {
        return Optional.ofNullable(insert);
    }
}
