package io.millrace.parallelwrite;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.HotChannel;
import io.millrace.config.MillraceException;
import io.millrace.spark.Measured;
import io.millrace.spark.Measured.Count;
import io.millrace.spark.SparkErrors;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.Counts;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Sends the rows of a batch to an entity that takes them itself: each as a JSON object with all its columns, nulls included, each Spark partition in
 * one request.
 */
record HotWrites(CatalogCoordinates coordinates, ColdWriter writer) {

    private static final String ROWS = "rows";

    /** Sends a batch. Never throws. What was sent of one that is rejected the entity drops, once it is told. */
    CommitOutcome write(Batch batch, HotChannel channel) {
        String problem = writer.hotProblem().orElse("");
        if (!problem.isEmpty()) {
            return new Rejected(MillraceException.user("entity " + coordinates + ": " + problem));
        }
        String correlationId = batch.id().correlationId();
        Measured measured = Measured.of(batch.data(), Count.all(ROWS));
        ForeachPartitionFunction<String> send = rows -> channel.send(rows, correlationId);
        try {
            json(measured.rows()).foreachPartition(send);
        } catch (Exception failed) {
            return new Rejected(SparkErrors.of("entity " + coordinates + ": its rows cannot be sent", failed));
        }
        return new Committed("rows sent", Counts.committed(measured.count(ROWS)));
    }

    private static Dataset<String> json(Dataset<Row> rows) {
        Column[] columns = Stream.of(rows.columns())
                .map(name -> col("`" + name.replace("`", "``") + "`"))
                .toArray(Column[]::new);
        return rows.select(to_json(struct(columns), Map.of("ignoreNullFields", "false")))
                .as(Encoders.STRING());
    }
}
