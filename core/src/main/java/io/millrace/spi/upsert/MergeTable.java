package io.millrace.spi.upsert;

import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.ComputedColumns;
import io.millrace.spi.OutputId;
import io.millrace.spi.SchemaGrowth;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A table rows can be merged into, as one batch sees it. Called on the driver, by one thread. {@link #merge} comes last but for {@link #repair};
 * what is called before it and throws has committed nothing of the batch.
 */
public interface MergeTable {

    /** Returns the outcome of a batch that the table holds already; empty where it does not. */
    Optional<CommitOutcome> before(Batch batch);

    /**
     * Returns the table's columns. Makes an empty table where there is none.
     *
     * @param ofRows asked for the columns of a table that is made of the rows, because nobody declares others; throws where these will not do
     */
    StructType columns(Supplier<StructType> ofRows);

    /** Returns the columns whose values the table makes by itself; none by default. There must be a table. */
    default ComputedColumns computedColumns() {
        return ComputedColumns.NONE;
    }

    /** Gives the table columns it lacks, in a commit of its own; those that are there already do no harm. */
    void addColumns(Batch batch, SchemaGrowth growth);

    /** Returns the table's rows as they are now. */
    Dataset<Row> rows();

    /**
     * Merges a batch in one commit that carries its identity. Where another commit comes first, the merge is made and tried again, a number of times.
     *
     * @param merge makes the merge, for each attempt anew
     * @return what came of it. Never throws
     */
    MergeOutcome merge(Batch batch, Attempt merge);

    /**
     * Merges rows that are no batch's: work of an output that comes after the commit of its batch.
     *
     * @return how many rows of the table were deleted
     */
    long repair(OutputId output, RowMerge merge);

    /** Returns a table beside this one, in the same format. */
    SideTable beside();

    /** Returns how messages name it. */
    @Override
    String toString();

    /** Makes the merge of one attempt. */
    @FunctionalInterface
    interface Attempt {

        /** Returns what is to be merged now. */
        RowMerge merge();
    }
}
