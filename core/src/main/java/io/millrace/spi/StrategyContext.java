package io.millrace.spi;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a strategy works with: the views before it, and the run. */
public interface StrategyContext {

    /** Returns a view by its name. Rows carry a {@link SourceColumn} where their source has one; keep it, and dead letters hold the original. */
    Dataset<Row> view(String name);

    /** Returns all views before this step, by name and in order. */
    Map<String, Dataset<Row>> views();

    /** Returns the session of the batch. */
    SparkSession session();

    /** Returns which part of the input this run takes. */
    Slice slice();

    /**
     * Returns what this run has from earlier ones, and leaves to later ones. Empty in a stream, which remembers by itself, where the pipegraph has no
     * state folder, and where nothing is run but looked at; a strategy that cannot do without says so by {@link Strategy#remembers}.
     */
    default Optional<RunMemory> memory() {
        return Optional.empty();
    }

    /**
     * Sends rows to the dead letters instead of returning them.
     *
     * @param rows computed again when the dead letters are written, so they must come out the same
     * @param code a stable word for programs, such as {@code NEGATIVE_PRICE}
     * @param reason a sentence for people
     */
    void deadLetter(Dataset<Row> rows, String code, String reason);
}
