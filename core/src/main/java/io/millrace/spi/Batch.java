package io.millrace.spi;

import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one batch on their way into a sink.
 *
 * <p>The rows are computed each time they are used, so a sink uses them once, or persists what it uses several times (and unpersists it). They are
 * counted on the way: the first action on them must run through all of them. What only looks at them, such as {@link #isEmpty}, uses {@link
 * #uncounted}.
 *
 * @param id the same at every attempt; what a sink asks its target for after a commit of which it does not know what came of it
 * @param rows with their {@link SourceColumn}, where they have one
 * @param mode how the ETL runs
 * @param deadLetters takes rows the sink cannot write
 * @param replaces a condition in SQL on the target's columns, without parameters: the batch takes the place of the rows for which it is true, and
 *     it is true for each row of the batch; null where the output replaces what its own settings say. Only a sink that {@linkplain SupportsReplacement
 *     can do that} is given one
 * @param uncounted makes the same rows, which are not counted on the way
 */
public record Batch(
        BatchId id,
        Dataset<Row> rows,
        RunMode mode,
        DeadLetters deadLetters,
        @Nullable String replaces,
        Supplier<Dataset<Row>> uncounted) {

    /** A batch whose rows nobody counts, and that replaces what its output says. */
    public Batch(BatchId id, Dataset<Row> rows, RunMode mode, DeadLetters deadLetters) {
        this(id, rows, mode, deadLetters, null, () -> rows);
    }

    /**
     * Returns the same batch with other rows.
     *
     * @param others as many, such as these rows fitted to a target's columns
     */
    public Batch with(Dataset<Row> others) {
        return new Batch(id, others, mode, deadLetters, replaces, uncounted);
    }

    /** Returns the rows without their {@link SourceColumn}: what belongs into the target. */
    public Dataset<Row> data() {
        return rows.drop(SourceColumn.NAME);
    }

    /** Returns whether there are no rows. Costs a job that reads as little as Spark can. */
    public boolean isEmpty() {
        return uncounted.get().isEmpty();
    }

    /** Returns the session of the rows. Settings changed on it are seen by other outputs: use a {@code newSession()} for those. */
    public SparkSession session() {
        return rows.sparkSession();
    }
}
