package io.millrace.deadletter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; what is null does not matter.
 *
 * @param etl the ETL they are of
 * @param stage the stage at which they failed, such as {@code decode}
 * @param reasonCode why they failed, such as {@code UNKNOWN_SCHEMA_ID}
 * @param where an expression of Spark SQL over the columns of {@link DeadLetter#TYPE}
 */
public record LetterFilter(
        @Nullable String etl, @Nullable String stage, @Nullable String reasonCode, @Nullable String where) {

    /** All dead letters. */
    public static final LetterFilter ALL = new LetterFilter(null, null, null, null);

    /** Returns the filter as an expression of Spark SQL. */
    public String condition() {
        List<String> parts = new ArrayList<>();
        add("etl", etl, parts);
        add("stage", stage, parts);
        add("reason_code", reasonCode, parts);
        if (where != null) {
            parts.add("(" + where + ")");
        }
        return parts.isEmpty() ? "true" : String.join(" AND ", parts);
    }

    private static void add(String column, @Nullable String value, List<String> parts) {
        if (value != null) {
            parts.add(column + " = '" + value.replace("\\", "\\\\").replace("'", "\\'") + "'");
        }
    }
}
