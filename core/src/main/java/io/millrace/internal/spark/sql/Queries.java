package io.millrace.internal.spark.sql;

import io.millrace.internal.spark.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NameParameterizedQuery;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset$;
import org.jspecify.annotations.Nullable;

/** Queries with parameters. */
public final class Queries {

    private Queries() {}

    /**
     * Runs a query whose named parameters have values, as {@code SparkSession.sql(query, parameters)} should. (That one finds no parameter where
     * the session has Delta's extension: its parser does not take part in Spark 4.1's way to replace them.)
     *
     * @param parameters values that Spark knows as literals; those the query does not use are ignored
     */
    public static Dataset<Row> sql(SparkSession session, String query, Map<String, @Nullable Object> parameters)
            throws ParseException {
        org.apache.spark.sql.classic.SparkSession classic = (org.apache.spark.sql.classic.SparkSession) session;
        LogicalPlan parsed = classic.sessionState().sqlParser().parsePlan(query);
        List<String> names = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        parameters.forEach((name, value) -> {
            names.add(name);
            values.add(Literal$.MODULE$.apply(value));
        });
        LogicalPlan bound = names.isEmpty()
                ? parsed
                : new NameParameterizedQuery(parsed, ScalaCollections.seq(names), ScalaCollections.seq(values));
        return Dataset$.MODULE$.ofRows(classic, bound);
    }
}
