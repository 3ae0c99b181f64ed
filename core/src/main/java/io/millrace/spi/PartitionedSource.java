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

    /**
     * Returns what a person should know of a run for a slice: what is there and would not be read, and what is asked for and not there. Asks brokers or
     * lists files; called on the driver, before a run.
     *
     * @return sentences; none, as by default, where there is nothing to say
     */
    default List<String> warnings(SparkSession session, Slice slice) {
        return List.of();
    }
}
