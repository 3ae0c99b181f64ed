package io.millrace.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import io.millrace.internal.spark.rows.CountedRows;
import io.millrace.internal.spark.rows.CountedRows.Count;
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
 * @param counted its records, those that cannot be decoded included
 * @param undecodable which they are
 */
record CountedInput(String view, CountedRows counted, Column undecodable) {

    private static final String READ = "read";
    private static final String UNDECODABLE = "undecodable";
    private static final List<String> KEPT = List.of(SourceColumn.NAME, Rejection.COLUMN);

    /** Counts records that have a {@link Rejection}, and keeps those that have one. */
    static CountedInput decoded(String view, Dataset<Row> records) {
        Column undecodable = col(Rejection.COLUMN).isNotNull();
        return new CountedInput(
                view, CountedRows.keeping(records, counts(undecodable), undecodable, KEPT), undecodable);
    }

    /** Counts records that are all in order. */
    static CountedInput plain(String view, Dataset<Row> records) {
        return new CountedInput(view, CountedRows.of(records, counts(lit(false))), lit(false));
    }

    private static List<Count> counts(Column undecodable) {
        return List.of(Count.all(READ), new Count(UNDECODABLE, undecodable));
    }

    /**
     * Returns the records that could not be decoded, their source and their rejection, after an action on rows made of all records; empty where not
     * all were kept on the way.
     */
    Optional<Dataset<Row>> kept(Dataset<Row> result) {
        return counted.isReadOnceBy(result) && counted.count(READ) > 0 ? counted.kept(UNDECODABLE) : Optional.empty();
    }

    /** Returns the numbers, after an action on rows made of these. None were counted where Spark need not read them, or has read them before. */
    InputNumbers numbers(Dataset<Row> result) {
        return counted.isReadOnceBy(result) && counted.count(READ) > 0
                ? numbers(counted.count(READ), counted.count(UNDECODABLE))
                : countedApart();
    }

    private InputNumbers countedApart() {
        Row figures = CountedRows.uncounted(counted.rows())
                .agg(count(lit(1)), count_if(undecodable))
                .head();
        return numbers(figures.getLong(0), figures.getLong(1));
    }

    private InputNumbers numbers(long read, long bad) {
        return new InputNumbers(view, read - bad, bad);
    }
}
