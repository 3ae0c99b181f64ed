package io.millrace.internal.spark.rows;

import io.millrace.internal.spark.ScalaCollections;
import io.millrace.internal.spark.text.RecordNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;

/** A look at the plans of Datasets. */
public final class QueryPlans {

    private QueryPlans() {}

    /** Returns whether the rows come out the same each time they are computed from the same input, as far as Spark knows. */
    public static boolean deterministic(Dataset<Row> rows) {
        LogicalPlan counting = CountedRows.stripped(analyzed(rows));
        return replaced(counting, RecordNumbers::is, Literal.create(0L, DataTypes.LongType))
                .deterministic();
    }

    /** Returns a plan with something else in the place of some of its expressions. */
    static LogicalPlan replaced(LogicalPlan plan, Predicate<Expression> some, Expression other) {
        LogicalPlan own = plan.mapExpressions(each -> replaced(each, some, other));
        List<LogicalPlan> children = new ArrayList<>();
        CollectionConverters.asJava(own.children()).forEach(child -> children.add(replaced(child, some, other)));
        return own.withNewChildren(ScalaCollections.seq(children));
    }

    private static Expression replaced(Expression expression, Predicate<Expression> some, Expression other) {
        if (some.test(expression)) {
            return other;
        }
        List<Expression> children = new ArrayList<>();
        CollectionConverters.asJava(expression.children()).forEach(child -> children.add(replaced(child, some, other)));
        return expression.withNewChildren(ScalaCollections.seq(children));
    }

    public static LogicalPlan analyzed(Dataset<Row> rows) {
        return classic(rows).queryExecution().analyzed();
    }

    public static SparkSession session(Dataset<Row> rows) {
        return classic(rows).sparkSession();
    }

    private static org.apache.spark.sql.classic.Dataset<Row> classic(Dataset<Row> rows) {
        return (org.apache.spark.sql.classic.Dataset<Row>) rows;
    }
}
