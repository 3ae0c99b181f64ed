package io.millrace.continuousupdate.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.LogicalRDD;

/**
 * Rows that are computed once and kept on the executors until this is closed. Unlike rows that are only cached they are never computed again, so
 * every use sees the same ones; an executor that is lost with them fails the jobs that need them.
 */
public final class Checkpoints implements AutoCloseable {

    private final List<RDD<?>> kept = new ArrayList<>();

    /** Nothing is kept yet. */
    public Checkpoints() {}

    /** Computes rows and keeps them. */
    public Dataset<Row> keep(Dataset<Row> rows) {
        Dataset<Row> checkpoint = rows.localCheckpoint(true);
        if (((org.apache.spark.sql.classic.Dataset<Row>) checkpoint)
                        .queryExecution()
                        .analyzed()
                instanceof LogicalRDD source) {
            kept.add(source.rdd());
        }
        return checkpoint;
    }

    /** Lets go of everything. */
    @Override
    public void close() {
        kept.forEach(rdd -> rdd.unpersist(false));
        kept.clear();
    }
}
