package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Between which values the keys of a batch lie, so that files need not be opened whose statistics, or whose partition, say that they hold none of
 * them.
 *
 * @param ranges one for each key column of a type that formats keep statistics of
 */
record KeyRange(List<Range> ranges) {

    /** The least and the greatest value of a key column. */
    record Range(String column, Object least, Object greatest) {

        @Override
        public String toString() {
            return column + " from " + least + " to " + greatest;
        }
    }

    /** Returns for each key in words whether files can be left out by its range; which range it is, each batch decides. */
    static List<String> possible(List<String> keys, StructType table) {
        return keys.stream()
                .flatMap(key -> UpsertColumns.named(key, table).stream())
                .map(key -> ordered(key.dataType())
                        ? "files can be left out by the range of " + key.name()
                        : "no files can be left out by " + key.name() + ": no statistics are kept of "
                                + key.dataType().sql())
                .toList();
    }

    /** Returns two aggregates over winners for each key column: its least and its greatest value, null where these are of no use. */
    static List<Column> aggregates(UpsertTarget target, Column admitted) {
        List<Column> aggregates = new ArrayList<>();
        for (int i = 0; i < target.keys().size(); i++) {
            DataType type = UpsertColumns.named(target.keys().get(i), target.schema())
                    .get(0)
                    .dataType();
            Column key = ordered(type) ? when(admitted, col(UpsertColumns.key(i))) : lit(null);
            aggregates.add(min(key));
            aggregates.add(max(key));
        }
        return aggregates;
    }

    /** Reads the values of {@link #aggregates} from a row, where they begin at an index. */
    static KeyRange read(UpsertTarget target, Row figures, int index) {
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < target.keys().size(); i++) {
            @Nullable Object least = figures.get(index + 2 * i);
            @Nullable Object greatest = figures.get(index + 2 * i + 1);
            if (least != null && greatest != null) {
                ranges.add(new Range(target.keys().get(i), least, greatest));
            }
        }
        return new KeyRange(ranges);
    }

    /**
     * Returns the condition that every row of the table meets which has one of the keys; empty where there is none.
     *
     * @param table gives the columns of the table
     */
    Optional<Column> condition(Function<String, Column> table, boolean nullIsAKey) {
        return ranges.stream()
                .map(range -> {
                    Column key = table.apply(range.column());
                    Column within = key.geq(lit(range.least())).and(key.leq(lit(range.greatest())));
                    return nullIsAKey ? within.or(key.isNull()) : within;
                })
                .reduce(Column::and);
    }

    /** Returns in words what was left out and why. */
    String description() {
        return ranges.isEmpty()
                ? "none: no statistics are kept of keys of these types"
                : "by key range: " + ranges.stream().map(Range::toString).collect(Collectors.joining(", "));
    }

    private static boolean ordered(DataType type) {
        return type instanceof NumericType
                || type.equals(DataTypes.StringType)
                || type.equals(DataTypes.DateType)
                || type.equals(DataTypes.TimestampType)
                || type.equals(DataTypes.TimestampNTZType);
    }
}
