package io.millrace.internal.spark.rows;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that are computed once and then held by the executors, so that what reads them several times reads the same. Unlike rows that are persisted,
 * they have no past: Spark takes them for the same in each place, whatever they were made by. Where an executor is lost with its part of them, a
 * query of them fails.
 */
public final class SettledRows implements AutoCloseable {

    private final Dataset<Row> rows;

    private SettledRows(Dataset<Row> rows) {
        this.rows = rows;
    }

    /** Computes rows, at once. */
    public static SettledRows of(Dataset<Row> rows) {
        return new SettledRows(rows.localCheckpoint(true, StorageLevel.MEMORY_AND_DISK()));
    }

    /** Returns the rows, to be used until this is closed. */
    public Dataset<Row> rows() {
        return rows;
    }

    /** Lets them go. */
    @Override
    public void close() {
        var plan = ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                .queryExecution()
                .analyzed();
        if (plan instanceof LogicalRDD held) {
            held.rdd().unpersist(false);
        }
    }
}
