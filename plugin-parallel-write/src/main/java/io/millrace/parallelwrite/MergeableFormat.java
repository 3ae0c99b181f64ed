package io.millrace.parallelwrite;

import io.millrace.spi.upsert.MergeTable;
import org.apache.spark.sql.SparkSession;

/** A {@link ColdFormat} in whose tables single rows can be changed and deleted. */
public interface MergeableFormat {

    /**
     * Opens the table of a target for one batch.
     *
     * @param session the batch's
     * @throws io.millrace.config.MillraceException where there is no such table, or it is not one of this format
     */
    MergeTable mergeTable(SparkSession session, ColdTarget target);
}
