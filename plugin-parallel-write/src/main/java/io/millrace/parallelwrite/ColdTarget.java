package io.millrace.parallelwrite;

import io.millrace.catalog.EntityFormat;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

/**
 * Where the rows of one batch go: files in a place the entity named, described by the entity's table in the session catalog. The table's own
 * location may be another place, and at {@code location} there may be nothing yet.
 *
 * @param entity names the entity in messages: {@code domain/name/version}
 * @param format the format of the files
 * @param location the place, as Hadoop's file systems name it
 * @param table the table in the session catalog, as SQL writes it
 * @param schema the table's columns in its order, partition columns included
 * @param partitionColumns the columns the table is partitioned by, in the schema's spelling; empty for none
 * @param storageOptions Hadoop settings that open the place, for this batch alone: to be given to readers, writers and {@code
 *     DeltaTable.forPath} as options, never to a session or a shared configuration. Hold secrets
 */
public record ColdTarget(
        String entity,
        EntityFormat format,
        String location,
        String table,
        StructType schema,
        List<String> partitionColumns,
        Map<String, String> storageOptions) {

    /** Copies the collections. */
    public ColdTarget {
        partitionColumns = List.copyOf(partitionColumns);
        storageOptions = Map.copyOf(storageOptions);
    }

    /** Returns the same with other columns. */
    public ColdTarget schema(StructType columns) {
        return new ColdTarget(entity, format, location, table, columns, partitionColumns, storageOptions);
    }

    /** Returns what it is, without the storage options. */
    @Override
    public String toString() {
        String plain = table.replace("`", "").replaceFirst("^spark_catalog\\.", "");
        return "entity " + entity + " (" + format + " at " + location + ", table " + plain + ")";
    }
}
