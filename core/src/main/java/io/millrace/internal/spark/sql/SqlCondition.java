package io.millrace.internal.spark.sql;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.analysis.NamedParameter;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.trees.Origin;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A condition in SQL on the columns of one table, in which named parameters may stand, such as {@code day = :run_date}.
 */
public final class SqlCondition {

    private final String sql;
    private final Set<String> columns = new TreeSet<>();

    /** From the last one to the first, so that those before keep their place when one is replaced. */
    private final List<Parameter> places = new ArrayList<>();

    private SqlCondition(String sql) {
        this.sql = sql;
    }

    /**
     * A parameter, where it is written.
     *
     * @param start the offset of its first character, the colon
     * @param end the offset after its last
     */
    private record Parameter(String name, int start, int end) {}

    /**
     * Reads a condition.
     *
     * @throws SqlSyntax.SyntaxException where it is not an expression, or asks other tables
     */
    public static SqlCondition parse(String sql) throws SqlSyntax.SyntaxException {
        SqlCondition condition = new SqlCondition(sql);
        condition.add(SqlSyntax.parsedExpression(sql));
        condition.places.sort(Comparator.comparing(Parameter::start).reversed());
        return condition;
    }

    private void add(Expression expression) throws SqlSyntax.SyntaxException {
        if (expression instanceof SubqueryExpression) {
            throw new SqlSyntax.SyntaxException("a condition on the rows of one table cannot ask others");
        }
        if (expression instanceof UnresolvedAttribute column) {
            columns.add(column.nameParts().head());
        } else if (expression instanceof NamedParameter parameter) {
            Origin origin = parameter.origin();
            places.add(new Parameter(
                    parameter.name(),
                    offset((Integer) origin.startIndex().get()),
                    offset((Integer) origin.stopIndex().get() + 1)));
        }
        for (Expression child : CollectionConverters.asJava(expression.children())) {
            add(child);
        }
    }

    /** The parser counts code points. */
    private int offset(int codePoints) {
        return sql.offsetByCodePoints(0, codePoints);
    }

    /** Returns the columns it names; of a field of a struct, the column. */
    public Set<String> columns() {
        return Collections.unmodifiableSet(columns);
    }

    /** Returns the names of its parameters. */
    public Set<String> parameters() {
        return places.stream().map(Parameter::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Returns the condition with values in place of its parameters.
     *
     * @param values by name, as Java objects that Spark takes; one for each parameter
     */
    public String bound(Map<String, @Nullable Object> values) {
        return replaced(parameter -> literal(values.get(parameter.name())));
    }

    /** Returns the condition with NULL in place of its parameters, each column at the place where it is written. */
    public String withoutValues() {
        return replaced(parameter -> String.format("%-" + (parameter.end - parameter.start) + "s", "NULL"));
    }

    /** A moment is written with its zone, so that it is the same one in every session. */
    private static String literal(@Nullable Object value) {
        return value instanceof Instant moment
                ? "TIMESTAMP_LTZ '" + moment + "'"
                : Literal$.MODULE$.apply(value).sql();
    }

    private String replaced(Function<Parameter, String> value) {
        StringBuilder text = new StringBuilder(sql);
        places.forEach(parameter -> text.replace(parameter.start, parameter.end, value.apply(parameter)));
        return text.toString();
    }
}
