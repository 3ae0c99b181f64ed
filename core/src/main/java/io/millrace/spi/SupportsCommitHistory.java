package io.millrace.spi;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * A sink whose target remembers who wrote it. A stream that starts with a new checkpoint asks, so that it is not appended a second time to a
 * table that holds its earlier commits.
 */
public interface SupportsCommitHistory {

    /**
     * Returns the requests ({@link BatchId#request()}) of this output that have commits in the target, each with the number of its last committed
     * batch ({@link BatchId#number()}); empty where the target does not exist.
     */
    Map<String, Long> lastBatches(SparkSession session, OutputId output);
}
