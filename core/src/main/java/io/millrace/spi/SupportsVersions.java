package io.millrace.spi;

import org.apache.spark.sql.SparkSession;

/** A source that reads a table of which every commit makes a version: it can be read as it was, and tells what has changed since. */
public interface SupportsVersions {

    /**
     * Returns the same input, which reads the table as of a version.
     *
     * @param version as {@link VersionedTable#newest} names it
     */
    Source asOf(String version);

    /**
     * Returns a number of a version that grows from version to version. Looks at nothing: a version that is gone has its number still.
     *
     * @param version as {@link VersionedTable#newest} names it
     */
    long number(String version);

    /**
     * Looks at the table.
     *
     * @throws io.millrace.config.MillraceException of kind USER where there is none, or it has no versions; EXTERNAL where it cannot be reached
     */
    VersionedTable table(SparkSession session);
}
