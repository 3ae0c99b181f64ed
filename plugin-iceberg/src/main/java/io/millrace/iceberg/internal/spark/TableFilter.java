package io.millrace.iceberg.internal.spark;

import io.millrace.internal.spark.ActiveSession;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.ExpressionVisitors;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.UnboundPredicate;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.SparkExpressionConverter;

/** A predicate in SQL as Iceberg understands it. */
public final class TableFilter {

    private TableFilter() {}

    /**
     * Translates a predicate.
     *
     * @param table the table's name, as SQL takes it
     * @throws Exception what Spark throws where the predicate does not fit the table; {@link IllegalArgumentException} where Iceberg cannot do with it
     */
    public static Expression of(SparkSession session, String table, String predicate) throws Exception {
        org.apache.spark.sql.classic.SparkSession classic = (org.apache.spark.sql.classic.SparkSession) session;
        return ActiveSession.in(
                session,
                () -> withoutNulls(SparkExpressionConverter.convertToIcebergExpression(
                        SparkExpressionConverter.collectResolvedSparkExpression(classic, table, predicate))));
    }

    /** To Iceberg NULL is less than every value, and not equal to any; in SQL neither is true. */
    private static Expression withoutNulls(Expression expression) {
        return ExpressionVisitors.visit(Expressions.rewriteNot(expression), new WithoutNulls());
    }

    private static final class WithoutNulls extends ExpressionVisitors.ExpressionVisitor<Expression> {

        @Override
        public Expression alwaysTrue() {
            return Expressions.alwaysTrue();
        }

        @Override
        public Expression alwaysFalse() {
            return Expressions.alwaysFalse();
        }

        @Override
        public Expression and(Expression left, Expression right) {
            return Expressions.and(left, right);
        }

        @Override
        public Expression or(Expression left, Expression right) {
            return Expressions.or(left, right);
        }

        @Override
        public <T> Expression predicate(UnboundPredicate<T> predicate) {
            return switch (predicate.op()) {
                case LT, LT_EQ, NOT_EQ, NOT_IN, NOT_STARTS_WITH ->
                    Expressions.and(Expressions.notNull(predicate.ref().name()), predicate);
                default -> predicate;
            };
        }
    }
}
