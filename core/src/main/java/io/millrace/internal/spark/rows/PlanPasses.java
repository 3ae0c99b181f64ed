package io.millrace.internal.spark.rows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.View;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;
import scala.jdk.javaapi.CollectionConverters;

/** How often an action that runs through a whole plan runs through all of a part of it. */
enum PlanPasses {
    /** Never: the part is not in the plan. */
    NONE,
    /** Exactly once. */
    ONCE,
    /** More often, or only through the beginning, or nobody can tell: the part is there twice, below a limit, below a sort (which takes samples). */
    UNKNOWN;

    /** Operators that take each row below them once, all of them. */
    private static final Set<Class<?>> PLAIN = Set.of(
            Project.class,
            Filter.class,
            SubqueryAlias.class,
            View.class,
            Aggregate.class,
            Distinct.class,
            Deduplicate.class,
            Generate.class,
            Window.class,
            Join.class,
            Union.class);

    /**
     * Looks at a plan that is analyzed.
     *
     * @param part finds the part's topmost operator
     */
    static PlanPasses through(LogicalPlan plan, Predicate<LogicalPlan> part) {
        return new Walk(part).through(plan);
    }

    private static final class Walk {

        private final Predicate<LogicalPlan> part;
        private final Map<Long, CTERelationDef> named = new HashMap<>();

        Walk(Predicate<LogicalPlan> part) {
            this.part = part;
        }

        PlanPasses through(LogicalPlan plan) {
            if (part.test(plan)) {
                return ONCE;
            }
            if (plan instanceof WithCTE with) {
                CollectionConverters.asJava(with.cteDefs()).forEach(each -> named.put(each.id(), each));
                return through(with.plan());
            }
            if (plan instanceof CTERelationRef use) {
                CTERelationDef definition = named.get(use.cteId());
                return definition == null ? NONE : through(definition.child());
            }
            List<PlanPasses> found = new ArrayList<>();
            CollectionConverters.asJava(plan.children()).forEach(child -> add(through(child), found));
            if (!PLAIN.contains(plan.getClass())) {
                found.replaceAll(below -> UNKNOWN);
            }
            CollectionConverters.asJava(plan.expressions()).forEach(each -> subqueries(each, found));
            return found.isEmpty() ? NONE : found.size() == 1 ? found.get(0) : UNKNOWN;
        }

        private void subqueries(Expression expression, List<PlanPasses> found) {
            if (expression instanceof SubqueryExpression subquery && through(subquery.plan()) != NONE) {
                found.add(UNKNOWN);
            }
            CollectionConverters.asJava(expression.children()).forEach(child -> subqueries(child, found));
        }

        private static void add(PlanPasses below, List<PlanPasses> found) {
            if (below != NONE) {
                found.add(below);
            }
        }
    }
}
