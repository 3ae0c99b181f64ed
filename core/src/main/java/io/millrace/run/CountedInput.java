package io.millrace.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import io.millrace.spark.Measured;
import io.millrace.spark.Measured.Count;
import io.millrace.spi.Rejection;
import io.millrace.spi.SourceColumn;
import java.util.List;
import java.util.Optional;
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
    private static final List<String> KEPT = List.of(SourceColumn.NAME, Rejection.COLUMN);

    /** Counts records that have a {@link Rejection}, and keeps those that have one. */
    static CountedInput decoded(String view, Dataset<Row> records) {
        Column undecodable = col(Rejection.COLUMN).isNotNull();
        return new CountedInput(view, Measured.keeping(records, counts(undecodable), undecodable, KEPT), undecodable);
    }

    /** Counts records that are all in order. */
    static CountedInput plain(String view, Dataset<Row> records) {
        return new CountedInput(view, Measured.of(records, counts(lit(false))), lit(false));
    }

    private static List<Count> counts(Column undecodable) {
        return List.of(Count.all(READ), new Count(UNDECODABLE, undecodable));
    }

    /**
     * Returns the records that could not be decoded, their source and their rejection, after an action on rows made of all records; empty where not
     * all were kept on the way.
     */
    Optional<Dataset<Row>> kept(Dataset<Row> result) {
        return measured.isReadOnceBy(result) && measured.count(READ) > 0
                ? measured.kept(UNDECODABLE)
                : Optional.empty();
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
