package io.millrace.iceberg.internal.spark;

import io.millrace.internal.spark.ScalaCollections;
import io.millrace.spi.upsert.RowMerge;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.MergeIntoWriter;
import org.apache.spark.sql.Row;
import scala.collection.immutable.Map;

/** Spark's MERGE, of columns instead of text. */
public final class MergeStatement {

    private MergeStatement() {}

    /**
     * Runs it.
     *
     * @param rows are merged in place of the merge's own
     * @param table as SQL takes it
     */
    public static void run(RowMerge merge, Dataset<Row> rows, String table) {
        Map<String, Column> values = ScalaCollections.map(merge.values());
        MergeIntoWriter<Row> writer = rows.mergeInto(table, merge.on());
        if (merge.deletes().isPresent()) {
            writer = writer.whenMatched(merge.deletes().get()).delete();
        }
        if (merge.updates().isPresent()) {
            writer = writer.whenMatched(merge.updates().get()).update(values);
        }
        if (merge.inserts().isPresent()) {
            writer = writer.whenNotMatched(merge.inserts().get()).insert(values);
        }
        writer.merge();
    }
}
