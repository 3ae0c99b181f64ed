package io.millrace.spi;

import org.apache.spark.sql.SparkSession;

/**
 * What a source may use when it reads.
 *
 * @param session the session of the run
 * @param slice the part of the input that is asked for; a source that cannot cut itself leaves that to the steps
 */
public record ReadContext(SparkSession session, Slice slice) {}
