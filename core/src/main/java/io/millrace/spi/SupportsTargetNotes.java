package io.millrace.spi;

import io.millrace.config.MillraceException;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** A sink that can tell how it will write into its target as it is now. Asked when a plan is resolved against a session. */
public interface SupportsTargetNotes {

    /**
     * Returns what is worth knowing, a line each. Writes nothing, and creates no target.
     *
     * @throws MillraceException where batches would fail
     */
    List<String> targetNotes(SparkSession session);
}
