package io.millrace.continuousupdate.internal.spark;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** What can be said about a SQL expression before rows are computed. */
public final class Expressions {

    private Expressions() {}

    /**
     * An expression as it is understood over some rows.
     *
     * @param type what it yields
     * @param columns the columns of the rows it uses
     * @param repeatable whether it yields the same when computed again
     */
    public record Resolved(DataType type, Set<String> columns, boolean repeatable) {

        /** Copies the set. */
        public Resolved {
            columns = java.util.Collections.unmodifiableSet(new TreeSet<>(columns));
        }
    }

    /**
     * Resolves an expression over rows.
     *
     * @throws AnalysisException where it cannot be evaluated on them
     */
    public static Resolved resolve(Dataset<Row> rows, String sql) throws AnalysisException {
        Dataset<Row> selected = rows.select(functions.expr(sql).as("value"));
        Set<String> columns = new TreeSet<>();
        boolean repeatable = true;
        if (((org.apache.spark.sql.classic.Dataset<Row>) selected)
                        .queryExecution()
                        .analyzed()
                instanceof Project project) {
            Expression value = (Expression) project.projectList().head();
            CollectionConverters.asJava(value.references().toSeq()).forEach(column -> columns.add(column.name()));
            repeatable = value.deterministic();
        }
        return new Resolved(selected.schema().fields()[0].dataType(), columns, repeatable);
    }

    /** Returns the names an expression refers to by, as far as the text tells: of {@code item.price} the {@code item}. */
    public static Set<String> names(String sql) {
        Set<String> names = new TreeSet<>();
        collect(new CatalystSqlParser().parseExpression(sql), names);
        return names;
    }

    /** Returns the columns that DDL declares; empty where it is not DDL. */
    public static Optional<StructType> columns(String ddl) {
        try {
            return Optional.of(parsed(ddl));
        } catch (AnalysisException notDdl) {
            return Optional.empty();
        }
    }

    /** The parser throws a checked exception it does not declare. */
    private static StructType parsed(String ddl) throws AnalysisException {
        return new CatalystSqlParser().parseTableSchema(ddl);
    }

    private static void collect(Expression expression, Set<String> names) {
        if (expression instanceof UnresolvedAttribute attribute) {
            names.add(attribute.nameParts().head());
        } else if (expression instanceof Attribute attribute && attribute.resolved()) {
            names.add(attribute.name());
        }
        CollectionConverters.asJava(expression.children()).forEach(child -> collect(child, names));
    }
}
