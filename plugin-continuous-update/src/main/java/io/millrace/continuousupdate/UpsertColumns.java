package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns an upsert gives the rows on their way into the table; the prefix keeps them apart from a user's. */
final class UpsertColumns {

    /** The value of the ordering expression; null where it says nothing. */
    static final String ORDERING = "_upsert_ordering";

    /** Whether the row deletes its key. */
    static final String DELETE = "_upsert_delete";

    /** Where the row stood in its source; null where that is not known. */
    static final String POSITION = "_upsert_position";

    /** A hash of what the row says; the same for all deletes. */
    static final String CONTENT = "_upsert_content";

    /** What goes into the table, as a struct. */
    static final String ROW = "_upsert_row";

    /** The row as the batch had it, as a struct. */
    static final String ORIGINAL = "_upsert_original";

    /** How many rows of the batch have this key. */
    static final String ROWS = "_upsert_rows";

    /** How many of them have a null ordering. */
    static final String NULL_ORDERINGS = "_upsert_null_orderings";

    /** Whether different contents share the greatest ordering. */
    static final String TIE = "_upsert_tie";

    /** Whether the key was deleted at this ordering or a greater one. */
    static final String DELETED_BEFORE = "_upsert_deleted_before";

    /** Whether the table knows better. */
    static final String STALE = "_upsert_stale";

    private static final String KEY = "_upsert_key_";

    private UpsertColumns() {}

    static String key(int index) {
        return KEY + index;
    }

    static boolean isKey(String column) {
        return column.startsWith(KEY);
    }

    static Column[] keys(int count) {
        return IntStream.range(0, count).mapToObj(index -> col(key(index))).toArray(Column[]::new);
    }

    /** Returns whether one of the key columns is null. */
    static Column keyIsNull(int count) {
        return List.of(keys(count)).stream()
                .map(Column::isNull)
                .reduce(Column::or)
                .orElseThrow();
    }

    /** Returns whether two joined sides have the same key; null is a key like any other. */
    static Column sameKey(String left, String right, int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> col(left + "." + key(index)).eqNullSafe(col(right + "." + key(index))))
                .reduce(Column::and)
                .orElseThrow();
    }

    /** Returns whether an ordering is greater than another; null is less than everything else. Never null. */
    static Column newer(Column ordering, Column other) {
        return coalesce(ordering.gt(other), ordering.isNotNull().and(other.isNull()));
    }

    /** Returns the fields of that name, whatever their case. */
    static List<StructField> named(String name, StructType type) {
        List<StructField> found = new ArrayList<>();
        for (StructField field : type.fields()) {
            if (field.name().equalsIgnoreCase(name)) {
                found.add(field);
            }
        }
        return found;
    }
}
