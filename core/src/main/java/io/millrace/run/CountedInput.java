package io.millrace.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import io.millrace.spark.Measured;
import io.millrace.spark.Measured.Count;
import io.millrace.spi.Rejection;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An input whose records are counted: on the way where the query reads each of them once, else in a pass of their own.
 *
 * @param view the input's view
 * @param measured its records, those that cannot be decoded included
 * @param undecodable which they are
 */
record CountedInput(String view, Measured measured, Column undecodable) {

    private static final String READ = "read";
    private static final String UNDECODABLE = "undecodable";

    /** Counts records that have a {@link Rejection}. */
    static CountedInput decoded(String view, Dataset<Row> records) {
        return of(view, records, col(Rejection.COLUMN).isNotNull());
    }

    /** Counts records that are all in order. */
    static CountedInput plain(String view, Dataset<Row> records) {
        return of(view, records, lit(false));
    }

    private static CountedInput of(String view, Dataset<Row> records, Column undecodable) {
        Measured measured = Measured.of(records, Count.all(READ), new Count(UNDECODABLE, undecodable));
        return new CountedInput(view, measured, undecodable);
    }

    /** Returns the numbers, after an action on rows made of these. None were counted where Spark need not read them, or has read them before. */
    InputNumbers numbers(Dataset<Row> result) {
        return measured.isReadOnceBy(result) && measured.count(READ) > 0
                ? numbers(measured.count(READ), measured.count(UNDECODABLE))
                : countedApart();
    }

    private InputNumbers countedApart() {
        Row figures = Measured.unmeasured(measured.rows())
                .agg(count(lit(1)), count_if(undecodable))
                .head();
        return numbers(figures.getLong(0), figures.getLong(1));
    }

    private InputNumbers numbers(long read, long bad) {
        return new InputNumbers(view, read - bad, bad);
    }
}
