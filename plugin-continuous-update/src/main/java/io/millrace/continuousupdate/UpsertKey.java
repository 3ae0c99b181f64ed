package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.expr;

import io.millrace.config.MillraceException;
import io.millrace.continuousupdate.internal.spark.CharColumns;
import io.millrace.continuousupdate.internal.spark.Expressions;
import io.millrace.internal.spark.sql.ColumnNames;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** A key column of a table. */
record UpsertKey(UpsertTarget target, String name) {

    /**
     * Returns its value in rows, as the table has it. Where the table computes it and the rows lack it, it is computed for them too, to find theirs;
     * the table does so again when it takes the rows.
     *
     * @param rows fitted to the table
     * @throws MillraceException of kind USER where the rows lack what it is computed from
     */
    Column of(Dataset<Row> rows) {
        StructField column = target.schema().apply(name);
        Optional<String> expression = target.expression(name);
        if (expression.isEmpty()) {
            return CharColumns.comparable(rows.sparkSession(), ColumnNames.column(name), column);
        }
        try {
            Expressions.resolve(rows, expression.get());
        } catch (AnalysisException lacking) {
            throw MillraceException.user(
                    target.name() + ": key " + name + " is not in the rows, and the table computes it as "
                            + expression.get() + ", which they lack columns for; let the rows have " + name
                            + ", or those columns",
                    lacking);
        }
        return expr(expression.get()).cast(column.dataType());
    }
}
