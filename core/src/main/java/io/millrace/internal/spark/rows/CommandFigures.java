package io.millrace.internal.spark.rows;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.CommandResultExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import scala.jdk.javaapi.CollectionConverters;

/** What Spark, or Delta, counted while it ran a command. */
public final class CommandFigures {

    private CommandFigures() {}

    /**
     * Returns the figures of a command by the names Spark gives them.
     *
     * @param answer the command's
     * @return empty where it is no answer of a command
     */
    public static Map<String, Long> of(Dataset<Row> answer) {
        Map<String, Long> figures = new TreeMap<>();
        SparkPlan plan = ((org.apache.spark.sql.classic.Dataset<Row>) answer)
                .queryExecution()
                .executedPlan();
        if (plan instanceof CommandResultExec result) {
            CollectionConverters.asJava(settled(result.commandPhysicalPlan()).metrics())
                    .forEach((name, metric) -> figures.put(name, metric.value()));
        }
        return figures;
    }

    /** Spark may have planned the command anew while it ran, in stages. */
    private static SparkPlan settled(SparkPlan plan) {
        if (plan instanceof AdaptiveSparkPlanExec adaptive) {
            return settled(adaptive.executedPlan());
        }
        return plan instanceof QueryStageExec stage ? settled(stage.plan()) : plan;
    }
}
