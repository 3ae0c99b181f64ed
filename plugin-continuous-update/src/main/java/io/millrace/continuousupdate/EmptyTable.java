package io.millrace.continuousupdate;

import io.delta.tables.DeltaTable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A Delta table without rows. */
final class EmptyTable {

    private EmptyTable() {}

    /** Makes one where there is none; where somebody else was quicker, that one stays. */
    static void create(
            SparkSession session,
            String location,
            StructType schema,
            List<String> partitionColumns,
            Map<String, String> storage) {
        String[] partitions = partitionColumns.toArray(String[]::new);
        if (storage.isEmpty()) {
            DeltaTable.createIfNotExists(session)
                    .location(location)
                    .addColumns(schema)
                    .partitionedBy(partitions)
                    .execute();
        } else {
            // Only a write takes storage settings of its own. The price: Delta then does not know which columns are NOT
            // NULL.
            session.createDataFrame(List.of(), schema)
                    .write()
                    .format("delta")
                    .mode("ignore")
                    .partitionBy(partitions)
                    .options(storage)
                    .save(location);
        }
    }
}
