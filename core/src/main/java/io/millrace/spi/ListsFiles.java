package io.millrace.spi;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/** A source that can tell which files it would read. */
public interface ListsFiles extends Source {

    /**
     * A file.
     *
     * @param bytes its size
     */
    record InputFile(String path, long bytes) {}

    /**
     * Returns the files that a run for a slice reads, each once. Lists names; called on the driver.
     *
     * @throws io.millrace.config.MillraceException of kind USER where the input is missing, EXTERNAL where it cannot be reached
     */
    List<InputFile> files(SparkSession session, Slice slice);
}
