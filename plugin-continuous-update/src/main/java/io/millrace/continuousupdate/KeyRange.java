package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.millrace.continuousupdate.internal.spark.CharColumns;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
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
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Between which values the keys of a batch lie, so that files need not be opened whose statistics, or whose partition, say that they hold none of
 * them. A range is exact, or there is none: one that is too narrow would hide the stored row of a key, and the key would be inserted once more. So
 * days and moments never become those of {@code java.sql}, which counts in another calendar before 1582, and texts that are not UTF-8 have no range.
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
                .map(key -> ordered(key)
                        ? "files can be left out by the range of " + key.name()
                        : "no files can be left out by " + key.name() + ": " + without(key))
                .toList();
    }

    private static String without(StructField key) {
        if (CharColumns.length(key).isPresent()) {
            return "values of CHAR are not kept as they are read";
        }
        return floating(key.dataType())
                ? "formats do not agree where NaN and -0.0 are in a range of "
                        + key.dataType().sql()
                : "no statistics are kept of " + key.dataType().sql();
    }

    /** Returns two aggregates over winners for each key column: its least and its greatest value, null where these are of no use. */
    static List<Column> aggregates(UpsertTarget target, Column admitted) {
        List<Column> aggregates = new ArrayList<>();
        for (int i = 0; i < target.keys().size(); i++) {
            StructField field = field(target, i);
            DataType type = field.dataType();
            Column key = ordered(field) ? when(admitted, col(UpsertColumns.key(i))) : lit(null);
            aggregates.add(exact(min(key), type));
            aggregates.add(exact(max(key), type));
        }
        return aggregates;
    }

    /** Returns a value as a row can carry it without a loss; null where it cannot. */
    private static Column exact(Column value, DataType type) {
        if (type.equals(DataTypes.DateType)) {
            return unix_date(value);
        }
        if (type.equals(DataTypes.TimestampType)) {
            return unix_micros(value);
        }
        return type.equals(DataTypes.StringType) ? when(is_valid_utf8(value), value) : value;
    }

    /** Returns the value that {@link #exact} stands for, of a class that Spark makes a literal of without a loss. */
    private static Object value(Object carried, DataType type) {
        if (type.equals(DataTypes.DateType)) {
            return LocalDate.ofEpochDay((int) carried);
        }
        return type.equals(DataTypes.TimestampType) ? Instant.EPOCH.plus((long) carried, ChronoUnit.MICROS) : carried;
    }

    /** Reads the values of {@link #aggregates} from a row, where they begin at an index. */
    static KeyRange read(UpsertTarget target, Row figures, int index) {
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < target.keys().size(); i++) {
            @Nullable Object least = figures.get(index + 2 * i);
            @Nullable Object greatest = figures.get(index + 2 * i + 1);
            if (least != null && greatest != null) {
                DataType type = field(target, i).dataType();
                ranges.add(new Range(target.keys().get(i), value(least, type), value(greatest, type)));
            }
        }
        return new KeyRange(ranges);
    }

    private static StructField field(UpsertTarget target, int key) {
        return UpsertColumns.named(target.keys().get(key), target.schema()).get(0);
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
                ? "none: the keys have no range to leave files out by"
                : "by key range: " + ranges.stream().map(Range::toString).collect(Collectors.joining(", "));
    }

    private static boolean ordered(StructField key) {
        DataType type = key.dataType();
        return (type instanceof NumericType && !floating(type))
                || (type.equals(DataTypes.StringType) && CharColumns.length(key).isEmpty())
                || type.equals(DataTypes.DateType)
                || type.equals(DataTypes.TimestampType)
                || type.equals(DataTypes.TimestampNTZType);
    }

    /** Spark takes NaN for the greatest number and -0.0 for 0.0; Iceberg does neither. */
    private static boolean floating(DataType type) {
        return type.equals(DataTypes.FloatType) || type.equals(DataTypes.DoubleType);
    }
}
