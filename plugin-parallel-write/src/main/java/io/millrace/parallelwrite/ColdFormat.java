package io.millrace.parallelwrite;

import io.millrace.catalog.EntityFormat;
import io.millrace.config.ConfigDocument;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.ComputedColumns;
import io.millrace.spi.OutputId;
import io.millrace.spi.SchemaGrowth;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A format of Cold entities that rows can be added to. Found by {@link java.util.ServiceLoader}; has a public constructor without parameters
 * and no state.
 */
public interface ColdFormat {

    /** Returns which format it is. */
    EntityFormat format();

    /** Returns the name of Spark's data source, as {@code CREATE TABLE … USING} takes it and tables show it. */
    String provider();

    /**
     * Lets a session know the catalog of an entity's table, where the configuration says what that is. Called before the table is looked for;
     * nothing by default.
     *
     * @param settings the whole configuration
     * @param table the table's name as SQL writes it, not resolved yet
     */
    default void prepare(ConfigDocument settings, SparkSession session, String table) {}

    /**
     * Creates a table in the session's catalog, unless it is there; its database is. What lies in the table's place already becomes its
     * content.
     */
    void createTable(SparkSession session, DeclaredTable table);

    /**
     * Gives a table columns that it lacks, all of which may be NULL. Not part of a batch's commit: where the batch fails after it, they stay, and
     * where it comes again they are there.
     *
     * @param growth the table's columns, with those that are added
     * @return the target with its new columns
     * @throws io.millrace.config.MillraceException of kind USER where the format has no room for some of them
     */
    ColdTarget addColumns(Batch batch, SchemaGrowth growth, ColdTarget target);

    /** Returns the columns whose values the table at the target's place makes by itself; none by default. */
    default ComputedColumns computedColumns(SparkSession session, ColdTarget target) {
        return ComputedColumns.NONE;
    }

    /**
     * Writes a batch, exactly once: one that is in the target already is recognised by its id, before the save mode is looked at.
     *
     * @param batch gives the identity of the commit
     * @param rows the batch's rows, fitted to the target's schema, without the computed columns that they lack; used once
     * @param write what becomes of the rows that are there, and how large files are to be
     * @return what came of it, as in {@link BatchWriter#write}; counts say how many rows were really written
     */
    CommitOutcome write(Batch batch, Dataset<Row> rows, WriteSettings write, ColdTarget target);

    /**
     * Returns the requests of an output that have commits in the target with the numbers of their last batches, as in {@link io.millrace.spi.SupportsCommitHistory}; empty where
     * nothing is there yet.
     */
    Map<String, Long> lastBatches(SparkSession session, OutputId output, ColdTarget target);

    /** Removes what dead attempts of a request left for readers to see, as in {@link io.millrace.spi.SupportsDiscard}; nothing by default. */
    default void discard(SparkSession session, OutputId output, String request, ColdTarget target) {}

    /**
     * Rewrites small files into larger ones, as in {@link io.millrace.spi.SupportsCompaction}. By default it does nothing, and says so.
     *
     * @param targetFileSize what the model asks for, in bytes; null for nothing
     */
    default CompactionResult compact(
            SparkSession session, CompactionRequest request, @Nullable Long targetFileSize, ColdTarget target) {
        return CompactionResult.nothing("the format " + format() + " has no compaction");
    }
}
