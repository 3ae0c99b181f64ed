package io.millrace.parallelwrite;

import io.millrace.catalog.EntityFormat;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.OutputId;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A format of Cold entities that rows can be added to. Found by {@link java.util.ServiceLoader}; has a public constructor without parameters
 * and no state. Formats commit exactly once: a batch that is in the target already is recognised by its id.
 */
public interface ColdFormat {

    /** Returns which format it is. */
    EntityFormat format();

    /** Returns the name of Spark's data source, for {@code CREATE TABLE … USING} and for reading. */
    String provider();

    /**
     * Creates a table in the session's catalog, unless it is there; its database is. What lies in the table's place already becomes its
     * content.
     */
    void createTable(SparkSession session, DeclaredTable table);

    /** Returns the name of the commit by which a batch came into the target; empty where it is not there. */
    Optional<String> commit(SparkSession session, BatchId batch, ColdTarget target);

    /** Returns whether there is anything in the target that an overwrite would take away. */
    boolean holdsRows(SparkSession session, ColdTarget target);

    /**
     * Adds rows to what the target holds.
     *
     * @param batch gives the identity of the commit
     * @param rows the batch's rows, fitted to the target's schema; used once
     * @return what came of it, as in {@link io.millrace.spi.Sink#write}; counts say how many rows were really written
     */
    CommitOutcome append(Batch batch, Dataset<Row> rows, ColdTarget target);

    /**
     * Replaces what the target holds by rows.
     *
     * @param batch gives the identity of the commit
     * @param rows the batch's rows, fitted to the target's schema; used once
     * @return what came of it, as in {@link io.millrace.spi.Sink#write}; counts say how many rows were really written
     */
    CommitOutcome overwrite(Batch batch, Dataset<Row> rows, ColdTarget target);

    /**
     * Returns the requests of an output that have commits in the target, as in {@link io.millrace.spi.SupportsCommitHistory}; empty where
     * nothing is there yet.
     */
    Set<String> committedRequests(SparkSession session, OutputId output, ColdTarget target);
}
