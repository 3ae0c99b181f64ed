package io.millrace.continuousupdate.spark;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.CommandResultExec;
import org.apache.spark.sql.execution.SparkPlan;
import scala.jdk.javaapi.CollectionConverters;

/** What Delta counts while it merges and leaves out of the commit: how many files it had to look at. */
public final class MergeFigures {

    private MergeFigures() {}

    /** Returns the figures of a MERGE by Delta's names, such as {@code numTargetFilesAfterSkipping}; empty where the answer is not one of a MERGE. */
    public static Map<String, Long> of(Dataset<Row> answer) {
        Map<String, Long> figures = new TreeMap<>();
        SparkPlan plan = ((org.apache.spark.sql.classic.Dataset<Row>) answer)
                .queryExecution()
                .executedPlan();
        if (plan instanceof CommandResultExec result) {
            CollectionConverters.asJava(result.commandPhysicalPlan().metrics())
                    .forEach((name, metric) -> figures.put(name, metric.value()));
        }
        return figures;
    }
}
