package io.millrace.spi;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Takes the rows of one batch that a sink cannot write. */
public interface DeadLetters {

    /** Returns whether the ETL has a place for dead letters; without one, {@link #write} is not allowed. */
    boolean available();

    /**
     * Commits rows as dead letters. To be called at most once per batch, before the sink commits its own part: then a crash in between leaves
     * nothing lost, and the dead letters of a replayed batch are recognised and not written again.
     *
     * @param rows rows of the batch with their {@link SourceColumn}, where they had one, and with a {@link Rejection} that is not null
     * @return how many there are
     */
    long write(Dataset<Row> rows);
}
