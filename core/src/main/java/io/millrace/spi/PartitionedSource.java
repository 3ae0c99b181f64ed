package io.millrace.spi;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/** A source that cuts itself by partitions and can tell which there are, so that each of them, or a few together, can be run on its own. */
public interface PartitionedSource extends Source {

    /**
     * Returns the partitions that there are. Asks brokers or lists files; called on the driver, before a run.
     *
     * @param slice of which only the date counts
     * @return ascending
     * @throws io.millrace.config.MillraceException of kind USER where the input is missing, EXTERNAL where it cannot be reached
     */
    List<Integer> partitions(SparkSession session, Slice slice);
}
