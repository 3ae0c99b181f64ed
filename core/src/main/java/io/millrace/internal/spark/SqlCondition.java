package io.millrace.internal.spark;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.analysis.NamedParameter;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A condition in SQL on the columns of one table, in which named parameters may stand, such as {@code day = :run_date}.
 *
 * @param sql as it is written
 * @param columns the columns it names; of a field of a struct, the column
 * @param parameters the names of its parameters
 */
public record SqlCondition(String sql, Set<String> columns, Set<String> parameters) {

    /** Copies the sets, sorted. */
    public SqlCondition {
        columns = Collections.unmodifiableSet(new TreeSet<>(columns));
        parameters = Collections.unmodifiableSet(new TreeSet<>(parameters));
    }

    /**
     * Reads a condition.
     *
     * @throws SqlSyntax.SyntaxException where it is not an expression, or asks other tables
     */
    public static SqlCondition parse(String sql) throws SqlSyntax.SyntaxException {
        Set<String> columns = new TreeSet<>();
        Set<String> parameters = new TreeSet<>();
        for (Expression each : expressions(sql)) {
            if (each instanceof SubqueryExpression) {
                throw new SqlSyntax.SyntaxException("a condition on the rows of one table cannot ask others");
            }
            if (each instanceof UnresolvedAttribute column) {
                columns.add(column.nameParts().head());
            } else if (each instanceof NamedParameter parameter) {
                parameters.add(parameter.name());
            }
        }
        return new SqlCondition(sql, columns, parameters);
    }

    /**
     * Returns the condition with values in place of its parameters.
     *
     * @param values by name, as Java objects that Spark takes; one for each parameter
     */
    public String bound(Map<String, Object> values) {
        return replaced(name -> literal(Objects.requireNonNull(values.get(name), name)));
    }

    /** Returns the condition with NULL in place of its parameters, each column at the place where it is written. */
    public String withoutValues() {
        return replaced(name -> String.format("%-" + (name.length() + 1) + "s", "NULL"));
    }

    /** A moment is written with its zone, so that it is the same one in every session. */
    private static String literal(Object value) {
        return value instanceof Instant moment
                ? "TIMESTAMP_LTZ '" + moment + "'"
                : Literal$.MODULE$.apply(value).sql();
    }

    private String replaced(UnaryOperator<String> value) {
        List<NamedParameter> found = new ArrayList<>();
        try {
            for (Expression each : expressions(sql)) {
                if (each instanceof NamedParameter parameter) {
                    found.add(parameter);
                }
            }
        } catch (SqlSyntax.SyntaxException parsedBefore) {
            throw new IllegalStateException(parsedBefore);
        }
        found.sort(Comparator.comparing(SqlCondition::start).reversed());
        StringBuilder text = new StringBuilder(sql);
        for (NamedParameter parameter : found) {
            int start = sql.offsetByCodePoints(0, start(parameter));
            int end = sql.offsetByCodePoints(
                    0, (Integer) parameter.origin().stopIndex().get() + 1);
            text.replace(start, end, value.apply(parameter.name()));
        }
        return text.toString();
    }

    /** In code points. */
    private static int start(NamedParameter parameter) {
        return (Integer) parameter.origin().startIndex().get();
    }

    private static List<Expression> expressions(String sql) throws SqlSyntax.SyntaxException {
        List<Expression> all = new ArrayList<>();
        add(SqlSyntax.parsedExpression(sql), all);
        return all;
    }

    private static void add(Expression expression, List<Expression> all) {
        all.add(expression);
        CollectionConverters.asJava(expression.children()).forEach(child -> add(child, all));
    }
}
