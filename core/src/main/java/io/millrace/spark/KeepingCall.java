package io.millrace.spark;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.ObjectType;
import org.apache.spark.util.AccumulatorV2;

/** A condition that is always true, and tells an accumulator of each row, within the code that Spark generates. */
final class KeepingCall {

    private KeepingCall() {}

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
