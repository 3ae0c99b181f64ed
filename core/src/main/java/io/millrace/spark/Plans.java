package io.millrace.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;

/** A look at the plans of Datasets. */
public final class Plans {

    private Plans() {}

    /** Returns whether the rows come out the same each time they are computed from the same input, as far as Spark knows. */
    public static boolean deterministic(Dataset<Row> rows) {
        return Measured.stripped(analyzed(rows)).deterministic();
    }

    static LogicalPlan analyzed(Dataset<Row> rows) {
        return classic(rows).queryExecution().analyzed();
    }

    static SparkSession session(Dataset<Row> rows) {
        return classic(rows).sparkSession();
    }

    private static org.apache.spark.sql.classic.Dataset<Row> classic(Dataset<Row> rows) {
        return (org.apache.spark.sql.classic.Dataset<Row>) rows;
    }
}
