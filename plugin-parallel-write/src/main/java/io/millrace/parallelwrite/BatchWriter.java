package io.millrace.parallelwrite;

import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.NamedColumn;
import io.millrace.spi.OutputId;
import io.millrace.spi.ReplacedRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The settings of one model, ready to write batches to Cold targets. Immutable: what is to be remembered from batch to batch belongs to {@link #ofRun}. */
public interface BatchWriter {

    /** Returns how it writes, as the end of a line such as {@code entity sales/orders/v1: upsert by order_id}. */
    String description();

    /** Returns the writer of one run, used by one thread at a time, as in {@link io.millrace.spi.Sink#ofRun}; by default itself. */
    default BatchWriter ofRun() {
        return this;
    }

    /** Returns which rows of the target a batch takes the place of, as in {@link io.millrace.spi.Sink#replacedRows}. */
    ReplacedRows replacedRows();

    /** Says why it cannot replace the rows for which a condition holds; empty where it can, as by default. */
    default Optional<String> replacementProblem() {
        return Optional.empty();
    }

    /**
     * Writes a batch. Its rows are not yet fitted to the target's schema; that is the writer's part, because some writers change the schema.
     * The exchange with the entity is not: it is led around this call, with the batch's {@code correlationId()}.
     *
     * <p>The same batch comes again after a crash or a failure, also after it has been committed, and must be recognised then.
     *
     * @param batch has a condition for what it {@linkplain Batch#replaces replaces} only where {@link #replacedRows} are none
     * @param target where it goes; in a format that {@link EntityWriter#formatProblem} accepts. The target may change from batch to batch
     * @return what came of it, as in {@link io.millrace.spi.Sink#write}. Where the target cannot be asked whether it holds the batch, that is not
     *     {@link CommitOutcome.Rejected}: an entity that hears of a failure may delete what an earlier attempt has written
     */
    CommitOutcome write(Batch batch, ColdTarget target);

    /** Tells a person what batches did, as in {@link io.millrace.spi.Sink#summary}. */
    default List<String> summary(List<Map<String, Object>> details) {
        return List.of();
    }

    /**
     * Says why it cannot send rows to an entity that takes them itself (write type Hot), which knows no tables and no keys.
     *
     * @return a sentence that says what it writes instead; empty where it only adds rows
     */
    Optional<String> hotProblem();

    /** Returns the names of columns that it makes use of though the target need not have them, such as one that says that a row deletes its key. */
    default Set<String> inputColumns() {
        return Set.of();
    }

    /**
     * Returns the columns of the rows that its settings name, as in {@link io.millrace.spi.NamesColumns}; their paths start at the model's value, such as
     * {@code writerDetails.keys[0]}.
     */
    default List<NamedColumn> namedColumns() {
        return List.of();
    }

    /** Returns whether it gives the target the columns that rows have besides. */
    default boolean addsColumns() {
        return false;
    }

    /**
     * Returns what is worth knowing before the first batch about writing into a table of these columns, a line each, as in {@link
     * io.millrace.spi.SupportsTargetNotes}.
     */
    default List<String> notes(StructType table) {
        return List.of();
    }

    /**
     * Returns the requests of this output that have commits in the target with the numbers of their last batches, as in {@link io.millrace.spi.SupportsCommitHistory}; empty where
     * nothing is there yet.
     */
    Map<String, Long> lastBatches(SparkSession session, OutputId output, ColdTarget target);

    /** Removes what dead attempts of a request left for readers to see, as in {@link io.millrace.spi.SupportsDiscard}; nothing by default. */
    default void discard(SparkSession session, OutputId output, String request, ColdTarget target) {}

    /** Returns how large the files of a batch are to be, in bytes; empty where nothing is asked for. */
    default OptionalLong targetFileSize() {
        return OptionalLong.empty();
    }
}
