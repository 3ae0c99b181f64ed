package io.millrace.spi;

import org.apache.spark.sql.SparkSession;

/** A sink whose attempts, where they die, may leave rows that readers see though they were never committed. */
public interface SupportsDiscard {

    /**
     * Removes what attempts of a request ({@link BatchId#request()}) left of batches that are not committed; those that are stay. Called where a
     * user leaves a run that did not finish, so no attempt of it is alive.
     *
     * @throws io.millrace.config.MillraceException of kind EXTERNAL where the target fails
     */
    void discard(SparkSession session, OutputId output, String request);
}
