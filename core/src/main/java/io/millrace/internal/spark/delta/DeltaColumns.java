package io.millrace.internal.spark.delta;

import io.millrace.spi.BatchId;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Gives Delta tables new columns. */
public final class DeltaColumns {

    private DeltaColumns() {}

    /**
     * Adds the columns, and fields of structs, that a table lacks, in a commit of its own. What is there stays as it is; what the table computes by
     * itself must not even be named.
     *
     * @param columns all the table is to have
     * @param path where the table lies
     * @param storage settings and credentials for that place only
     * @param batch for which they are added; the table's history says so
     */
    public static void add(
            SparkSession session, StructType columns, String path, Map<String, String> storage, BatchId batch) {
        StructType written =
                DeltaCommits.atPath(session, path, storage).computedColumns().written(columns, new StructType());
        session.createDataFrame(List.of(), written)
                .write()
                .format("delta")
                .mode("append")
                .options(storage)
                .option("mergeSchema", true)
                .option("userMetadata", "columns for " + batch)
                .save(path);
    }
}
