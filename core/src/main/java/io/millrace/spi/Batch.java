package io.millrace.spi;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The rows of one batch on their way into a sink.
 *
 * <p>The rows are computed each time they are used, so a sink uses them once, or persists what it uses several times (and unpersists it). They are
 * counted on the way: the first action on them must run through all of them. To find out whether there are any, ask {@link
 * io.millrace.spark.Measured#isEmpty}, not {@code rows.isEmpty()}.
 *
 * @param id the same at every attempt; what a sink asks its target for after a commit of which it does not know what came of it
 * @param rows with their {@link SourceColumn}, where they have one
 * @param mode how the ETL runs
 * @param deadLetters takes rows the sink cannot write
 */
public record Batch(BatchId id, Dataset<Row> rows, RunMode mode, DeadLetters deadLetters) {

    /** Returns the rows without their {@link SourceColumn}: what belongs into the target. */
    public Dataset<Row> data() {
        return rows.drop(SourceColumn.NAME);
    }

    /** Returns the session of the rows. Settings changed on it are seen by other outputs: use a {@code newSession()} for those. */
    public SparkSession session() {
        return rows.sparkSession();
    }
}
