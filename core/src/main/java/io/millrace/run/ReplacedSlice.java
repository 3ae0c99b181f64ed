package io.millrace.run;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.internal.spark.sql.SqlCondition;
import io.millrace.internal.spark.sql.SqlSyntax;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PlannedOutput;
import io.millrace.spi.DeadLetterStage;
import io.millrace.spi.Rejection;
import io.millrace.spi.RowError;
import io.millrace.spi.Slice;
import io.millrace.spi.SourceColumn;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The part of an output's target that a run replaces: no row outside of it is written. Such a row is a dead letter where the ETL has a place for them,
 * and else fails the ETL.
 *
 * @param where of which ETL and output, for messages
 * @param condition says which rows are inside, with the values of the run's parameters
 * @param deadLetters whether rows outside become dead letters
 */
record ReplacedSlice(String where, String condition, boolean deadLetters) implements OutputRule {

    private static final String CODE = "OUTSIDE_OF_SLICE";

    /**
     * Returns what an output replaces in a run for a slice; empty where it says nothing of it.
     *
     * @throws MillraceException of kind USER where the run has no value for one of its parameters
     */
    static Optional<ReplacedSlice> of(EtlPlan etl, PlannedOutput output, Slice slice) {
        return output.output().replaces().map(sql -> {
            String where = "ETL " + etl.name() + ", output " + output.output().model();
            return new ReplacedSlice(
                    where, bound(where, sql, slice), etl.deadLetters().isPresent());
        });
    }

    private static String bound(String where, String sql, Slice slice) {
        SqlCondition condition;
        try {
            condition = SqlCondition.parse(sql);
        } catch (SqlSyntax.SyntaxException wrong) {
            throw MillraceException.user(where + ": replaces is not a condition in Spark SQL: " + wrong.getMessage());
        }
        return condition.bound(RunParameters.of(slice, condition.parameters(), where + ": replaces"));
    }

    private Column outside() {
        return not(coalesce(expr(condition).cast("boolean"), lit(false)));
    }

    @Override
    public Column broken() {
        return deadLetters ? outside() : lit(false);
    }

    @Override
    public Column rejection() {
        return Rejection.of(
                DeadLetterStage.SINK, CODE, lit("the run replaces the rows where " + condition + ", and this is none"));
    }

    @Override
    public Dataset<Row> fitted(Dataset<Row> rows) {
        if (deadLetters) {
            return rows;
        }
        Column message = concat(
                lit(
                        where + ": the run replaces the rows where " + condition
                                + ", and would write one outside of that; leave such rows out in a step, or set dead-letters: "),
                to_json(struct(ColumnNames.allBut(rows, SourceColumn.NAME))));
        return rows.filter(
                when(outside(), RowError.raise(message).cast("boolean")).otherwise(lit(true)));
    }
}
