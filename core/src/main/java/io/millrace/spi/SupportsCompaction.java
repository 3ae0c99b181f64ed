package io.millrace.spi;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** A sink whose target may come to hold many small files, which can be made few. */
public interface SupportsCompaction {

    /**
     * Rewrites small files into larger ones. No row changes; the batches that were committed stay known, and others may be written meanwhile. A
     * compaction that is killed leaves every row once, at the latest after the next compaction or the next batch. Used on the driver.
     *
     * @throws io.millrace.config.MillraceException of kind USER where the request does not fit the target, EXTERNAL where the target fails or
     *     somebody else changed it meanwhile
     */
    CompactionResult compact(SparkSession session, CompactionRequest request);

    /** Says why the target must not be compacted where a stream reads it; empty where streams know the rewritten rows from new ones. */
    default Optional<String> streamProblem() {
        return Optional.empty();
    }
}
