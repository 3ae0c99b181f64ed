package io.millrace.internal.spark.sql;

import static org.apache.spark.sql.functions.col;

import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Names of columns and views, whatever characters they hold. */
public final class ColumnNames {

    private ColumnNames() {}

    /** Returns a name as SQL and {@code col} take it: in backticks. */
    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** Returns the column of that name. */
    public static Column column(String name) {
        return col(quoted(name));
    }

    /** Returns the columns of rows, in their order, without some. */
    public static Column[] allBut(Dataset<Row> rows, String... names) {
        Set<String> left = Set.of(names);
        return Stream.of(rows.columns())
                .filter(name -> !left.contains(name))
                .map(ColumnNames::column)
                .toArray(Column[]::new);
    }
}
