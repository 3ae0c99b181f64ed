package io.millrace.iceberg.internal.spark;

import io.millrace.internal.spark.ActiveSession;
import org.apache.iceberg.expressions.Expression;
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
                () -> SparkExpressionConverter.convertToIcebergExpression(
                        SparkExpressionConverter.collectResolvedSparkExpression(classic, table, predicate)));
    }
}
