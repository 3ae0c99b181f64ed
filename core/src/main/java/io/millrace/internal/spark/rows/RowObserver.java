package io.millrace.internal.spark.rows;

import io.millrace.internal.spark.ScalaCollections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.ObjectType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.AccumulatorV2;
import scala.jdk.javaapi.CollectionConverters;

/** A condition that is always true, and tells an accumulator of each row, within the code that Spark generates. */
final class RowObserver {

    private RowObserver() {}

    /** Makes the condition: a call of a public method that returns true. */
    static Column of(AccumulatorV2<?, ?> target, String method, Column... arguments) {
        return ExpressionUtils.column(new Invoke(
                Literal.fromObject(target, new ObjectType(target.getClass())),
                method,
                DataTypes.BooleanType,
                ScalaCollections.seq(
                        Stream.of(arguments).map(ExpressionUtils::expression).toList()),
                ScalaCollections.seq(List.<AbstractDataType>of()),
                false,
                false,
                false));
    }

    /** Returns the type of the rows that an analyzed plan hands over as the last argument of the call. */
    static StructType rowType(LogicalPlan plan, AccumulatorV2<?, ?> target) {
        return calls(plan, target)
                .map(call -> (StructType) call.arguments().last().dataType())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the plan hands over no rows"));
    }

    private static Stream<Invoke> calls(LogicalPlan plan, AccumulatorV2<?, ?> target) {
        return Stream.concat(
                CollectionConverters.asJava(plan.expressions()).stream().flatMap(each -> calls(each, target)),
                CollectionConverters.asJava(plan.children()).stream().flatMap(child -> calls(child, target)));
    }

    private static Stream<Invoke> calls(Expression expression, AccumulatorV2<?, ?> target) {
        return is(expression, target)
                ? Stream.of((Invoke) expression)
                : CollectionConverters.asJava(expression.children()).stream().flatMap(child -> calls(child, target));
    }

    /** Returns whether an expression is such a call. */
    static boolean is(Expression expression) {
        return expression instanceof Invoke invoke && target(invoke) instanceof AccumulatorV2<?, ?>;
    }

    /** Returns whether an expression is a call of this accumulator. */
    static boolean is(Expression expression, AccumulatorV2<?, ?> wanted) {
        return expression instanceof Invoke invoke && target(invoke) == wanted;
    }

    private static Object target(Invoke invoke) {
        return invoke.targetObject() instanceof Literal literal ? literal.value() : invoke;
    }
}
