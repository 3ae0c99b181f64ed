package io.millrace.spi.upsert;

import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table in which upserts remember something beside the rows of another one. Rows are only ever added to it, so that several writers do not disturb
 * each other; some day they are forgotten. There is none until something is added. {@link #toString} says where it is.
 */
public interface SideTable {

    /** Returns a number that grows with every commit; -1 where there is no table. */
    long version();

    /** Returns the rows as they are now; there must be a table. */
    Dataset<Row> rows();

    /**
     * Adds rows, and makes the table where there is none. Adds those of a batch once, however often it is called.
     *
     * @param batch gives the identity of the commit
     * @return what came of it. Never throws
     */
    CommitOutcome add(Batch batch, Dataset<Row> rows);

    /**
     * Forgets rows, and tidies up the rest.
     *
     * @param column a column of type TIMESTAMP
     * @param time rows whose column is before it go
     */
    void forget(String column, Instant time);

    /** Returns where it is, as a message says it. */
    @Override
    String toString();
}
