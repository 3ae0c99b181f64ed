package io.millrace.spi;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A setting that names columns.
 *
 * @param setting its path within the model's value, such as {@code partition-by[0]}
 * @param text what it says
 * @param kind how that is read
 */
public record NamedColumn(String setting, String text, Kind kind) {

    /** How a setting names columns. */
    public enum Kind {
        /** It is the name of one, whatever its case. */
        NAME,
        /** It is an expression of Spark SQL over them. */
        EXPRESSION
    }

    /** A setting that is the name of a column. */
    public static NamedColumn name(String setting, String column) {
        return new NamedColumn(setting, column, Kind.NAME);
    }

    /** A setting that is a list of names. */
    public static Stream<NamedColumn> names(String setting, List<String> columns) {
        return IntStream.range(0, columns.size())
                .mapToObj(index -> name(setting + "[" + index + "]", columns.get(index)));
    }

    /** A setting that is an expression of Spark SQL. */
    public static NamedColumn expression(String setting, String sql) {
        return new NamedColumn(setting, sql, Kind.EXPRESSION);
    }
}
