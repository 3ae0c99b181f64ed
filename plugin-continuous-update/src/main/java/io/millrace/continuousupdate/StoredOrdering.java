package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.Spelling;
import io.millrace.catalog.UpsertSetting;
import io.millrace.config.MillraceException;
import io.millrace.continuousupdate.internal.spark.Expressions;
import io.millrace.internal.spark.sql.ColumnNames;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/** Where the ordering of the rows in the table is found. */
sealed interface StoredOrdering {

    /** The ordering expression can be evaluated on the table. */
    record Computed(String expression, DataType type) implements StoredOrdering {}

    /** A column of the table keeps it. */
    record Kept(String column) implements StoredOrdering {}

    /** It is not known: the expression needs columns the table has not. */
    record Lost(Spelling spelling, String expression, List<String> missing) implements StoredOrdering {}

    /** Finds it for a table. */
    static StoredOrdering of(ContinuousUpdate settings, UpsertTarget target, InputRows input, Dataset<Row> table) {
        if (target.orderingColumn() != null) {
            return new Kept(target.orderingColumn());
        }
        String expression = settings.orderingExpression();
        Expressions.Resolved onTable;
        try {
            onTable = Expressions.resolve(table, expression);
        } catch (AnalysisException notThere) {
            List<String> missing = input.orderingColumns().stream()
                    .filter(column ->
                            UpsertColumns.named(column, target.schema()).isEmpty())
                    .toList();
            return new Lost(
                    target.wording().spelling(),
                    expression,
                    missing.isEmpty() ? List.copyOf(input.orderingColumns()) : missing);
        }
        if (!UpsertSchema.same(onTable.type(), input.orderingType())) {
            throw MillraceException.user(target.name() + ": " + target.wording().key(UpsertSetting.ORDERING) + " \""
                    + expression + "\" yields "
                    + input.orderingType().sql() + " on the rows, but "
                    + onTable.type().sql() + " on the table; the two cannot be compared");
        }
        return new Computed(expression, onTable.type());
    }

    /** Returns the stored ordering in a join where the table's columns are in reach; empty where it is not known. */
    default Optional<Column> value() {
        if (this instanceof Computed computed) {
            return Optional.of(InputRows.nullWhereEmpty(expr(computed.expression()), computed.type()));
        }
        return this instanceof Kept kept ? Optional.of(col(ColumnNames.quoted(kept.column()))) : Optional.empty();
    }

    /** Returns in words what incoming rows are compared with. */
    default String description() {
        if (this instanceof Computed computed) {
            return computed.expression() + " of the stored row";
        }
        if (this instanceof Kept kept) {
            return "column " + kept.column() + " of the stored row";
        }
        return "nothing: the last batch wins";
    }

    /** Returns what the user should know of it. */
    default List<String> warnings() {
        return this instanceof Lost lost
                ? List.of(lastBatchWins(lost.spelling(), lost.expression(), lost.missing()))
                : List.of();
    }

    /** Says what follows from columns the table has not. */
    static String lastBatchWins(Spelling spelling, String expression, List<String> missing) {
        return UpsertSetting.ORDERING.key(spelling) + " \"" + expression + "\" needs " + String.join(", ", missing)
                + ", which the table does not have: among rows of different batches the last batch wins, even with older rows;"
                + " set " + UpsertSetting.ORDERING_COLUMN.key(spelling)
                + " to keep the ordering in a column of the table";
    }
}
