package io.millrace.parallelwrite;

import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.HotChannel;
import io.millrace.config.MillraceException;
import io.millrace.internal.spark.rows.CountedRows;
import io.millrace.internal.spark.rows.CountedRows.Count;
import io.millrace.internal.spark.rows.RowJson;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.Counts;
import io.millrace.spi.SparkErrors;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Encoders;

/**
 * Sends the rows of a batch to an entity that takes them itself: each as a JSON object with all its columns, nulls included, each Spark partition in
 * one request.
 */
record HotPlanExecutor(CatalogCoordinates coordinates, BatchWriter writer) {

    private static final String ROWS = "rows";

    /** Sends a batch. Never throws. What was sent of one that is rejected the entity drops, once it is told. */
    CommitOutcome write(Batch batch, HotChannel channel) {
        String problem = batch.replaces() == null
                ? writer.hotProblem().orElse("")
                : "it takes rows over HTTP (write type Hot), which can only be added; replaces needs a Cold entity";
        if (!problem.isEmpty()) {
            return new Rejected(MillraceException.user("entity " + coordinates + ": " + problem));
        }
        String correlationId = batch.id().correlationId();
        CountedRows counted = CountedRows.of(batch.data(), Count.all(ROWS));
        ForeachPartitionFunction<String> send = rows -> channel.send(rows, correlationId);
        try {
            counted.rows()
                    .select(RowJson.of(counted.rows()))
                    .as(Encoders.STRING())
                    .foreachPartition(send);
        } catch (Exception failed) {
            return new Rejected(SparkErrors.of("entity " + coordinates + ": its rows cannot be sent", failed));
        }
        return new Committed("rows sent", Counts.committed(counted.count(ROWS)));
    }
}
