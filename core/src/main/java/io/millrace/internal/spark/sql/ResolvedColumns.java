package io.millrace.internal.spark.sql;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a text before there are rows.
 *
 * @param type the columns it yields, or null where they are not known
 * @param problems what is wrong with the columns it names
 */
public record ResolvedColumns(@Nullable StructType type, List<ColumnProblem> problems) {

    /** Of which nothing is known. */
    public static final ResolvedColumns NOTHING = new ResolvedColumns(null, List.of());

    /** Copies the list. */
    public ResolvedColumns {
        problems = List.copyOf(problems);
    }

    /** Returns the columns it yields, where they are known. */
    public Optional<StructType> columns() {
        return Optional.ofNullable(type);
    }
}
