package io.millrace.internal.spark.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.Origin;
import org.apache.spark.sql.internal.SQLConf;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The columns that a plan names and its inputs do not have. Only names whose inputs are known are looked at; what is left unresolved for another
 * reason is not claimed to be missing.
 */
final class MissingColumns {

    /** What Spark knows of the file of a row; not one of its columns. */
    private static final String METADATA = "_metadata";

    private final String sql;
    private final Set<ColumnProblem> found = new LinkedHashSet<>();

    /** Those that may be other columns of the same list, which are known when these are. */
    private final Set<ColumnProblem> waiting = new LinkedHashSet<>();

    private MissingColumns(String sql) {
        this.sql = sql;
    }

    /** Returns those of a plan that was analysed as far as it goes. */
    static List<ColumnProblem> of(LogicalPlan plan, String sql) {
        MissingColumns missing = new MissingColumns(sql);
        missing.visit(plan, List.of());
        return List.copyOf(missing.found.isEmpty() ? missing.waiting : missing.found);
    }

    /**
     * Looks through a plan.
     *
     * @param outer the columns of the queries around it
     */
    private void visit(LogicalPlan plan, List<Attribute> outer) {
        each(plan.children(), child -> visit((LogicalPlan) child, outer));
        if (plan.resolved() || !plan.childrenResolved()) {
            return;
        }
        List<Attribute> inputs = new ArrayList<>();
        each(plan.children(), child -> each(((LogicalPlan) child).output(), column -> inputs.add((Attribute) column)));
        List<Attribute> all = Stream.concat(inputs.stream(), outer.stream()).toList();
        Set<String> aliases = new HashSet<>();
        each(plan.expressions(), expression -> collectAliases((Expression) expression, aliases));
        looked(plan).forEach(expression -> visit(expression, inputs, all, aliases));
    }

    /** Returns where to look for names of columns that are inputs: not where a plan names what it makes itself. */
    private static List<Expression> looked(LogicalPlan plan) {
        if (plan instanceof Generate generate) {
            return List.of((Expression) generate.generator());
        }
        if (plan instanceof Aggregate aggregate) { // what it is grouped by may be one of these
            List<Expression> results = new ArrayList<>();
            each(aggregate.aggregateExpressions(), each -> results.add((Expression) each));
            if (results.stream().anyMatch(each -> !each.resolved())) {
                return results;
            }
        }
        return List.copyOf(CollectionConverters.asJava(plan.expressions()));
    }

    private void visit(Expression expression, List<Attribute> inputs, List<Attribute> all, Set<String> aliases) {
        if (expression instanceof UnresolvedAttribute column) {
            List<String> parts = List.copyOf(CollectionConverters.asJava(column.nameParts()));
            problem(column.origin(), parts, inputs, all)
                    .ifPresent((aliases.contains(lower(parts.get(0))) ? waiting : found)::add);
        }
        if (expression instanceof SubqueryExpression subquery) {
            visit(subquery.plan(), all);
        }
        each(expression.children(), child -> visit((Expression) child, inputs, all, aliases));
    }

    private Optional<ColumnProblem> problem(
            Origin origin, List<String> parts, List<Attribute> inputs, List<Attribute> all) {
        if (parts.get(0).equalsIgnoreCase(METADATA)) {
            return Optional.empty();
        }
        List<Attribute> qualified = parts.size() == 1
                ? List.of()
                : all.stream()
                        .filter(column -> same(qualifier(column), parts.get(0)))
                        .toList();
        String wanted = qualified.isEmpty() ? parts.get(0) : parts.get(1);
        List<Attribute> candidates = qualified.isEmpty() ? all : qualified;
        if (candidates.stream().anyMatch(column -> same(column.name(), wanted))) {
            return Optional.empty(); // it is there: something else is wrong
        }
        String prefix = qualified.isEmpty() ? "" : qualifier(qualified.get(0)) + ".";
        List<String> known = (qualified.isEmpty() && !inputs.isEmpty() ? inputs : candidates)
                .stream()
                        .map(column -> prefix + written(column.name()))
                        .distinct()
                        .toList();
        String name = String.join(".", parts);
        return Optional.of(SqlWords.of(origin, sql)
                .filter(word -> word.text().replace("`", "").equalsIgnoreCase(name)) // else of a part around it
                .or(() -> SqlWords.only(name, sql))
                .map(word -> ColumnProblem.unknown(word.text(), word.offset(), known))
                .orElseGet(() -> ColumnProblem.unknown(name, -1, known)));
    }

    private static boolean same(String one, String other) {
        return SQLConf.get().caseSensitiveAnalysis() ? one.equals(other) : one.equalsIgnoreCase(other);
    }

    private static String qualifier(Attribute column) {
        List<String> qualifier = CollectionConverters.asJava(column.qualifier());
        return qualifier.isEmpty() ? "" : qualifier.get(qualifier.size() - 1);
    }

    private static String written(String name) {
        return name.matches("[A-Za-z_]\\w*") ? name : ColumnNames.quoted(name);
    }

    private static void collectAliases(Expression expression, Set<String> into) {
        if (expression instanceof Alias alias) {
            into.add(lower(alias.name()));
        }
        each(expression.children(), child -> collectAliases((Expression) child, into));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static void each(scala.collection.Seq<?> elements, Consumer<Object> visitor) {
        CollectionConverters.asJava(elements).forEach(visitor);
    }
}
