package io.millrace.spi.upsert;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/** A table that an output upserts into, as its model describes it. */
public sealed interface UpsertTable {

    /** Returns how messages name it, such as {@code Delta table in /lake/orders}. */
    String name();

    /**
     * A Delta table. Where there is none, it is made of the columns of the first batch.
     *
     * @param folder returns its folder; called for each batch
     * @param storage settings that open the folder; may hold secrets
     * @param partitionBy the columns by which a table is partitioned that is made
     */
    record Delta(
            String name, Function<SparkSession, String> folder, Map<String, String> storage, List<String> partitionBy)
            implements UpsertTable {

        /** Copies the collections. */
        public Delta {
            storage = Map.copyOf(storage);
            partitionBy = List.copyOf(partitionBy);
        }

        /** Leaves the storage settings out. */
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A table of a format that brings its own way to merge.
     *
     * @param open opens the table for a batch
     */
    record Mergeable(String name, Function<SparkSession, MergeTable> open) implements UpsertTable {}
}
