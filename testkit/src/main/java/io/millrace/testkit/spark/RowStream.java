package io.millrace.testkit.spark;

import io.millrace.internal.spark.ScalaCollections;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.MemoryStream;
import org.apache.spark.sql.types.StructType;

/** A stream of rows that are in this process. */
public final class RowStream {

    private RowStream() {}

    /** Makes a stream whose offsets are the indexes of the batches. */
    public static Dataset<Row> of(SparkSession session, StructType columns, List<List<Row>> batches) {
        MemoryStream<Row> stream = MemoryStream.apply(Encoders.row(columns), session);
        batches.forEach(batch -> stream.addData(ScalaCollections.seq(batch)));
        return stream.toDF();
    }
}
