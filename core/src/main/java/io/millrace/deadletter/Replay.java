package io.millrace.deadletter;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Column;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters of one ETL that are sent through it again. Which they are is settled when it begins: those of certain batches that meet a condition,
 * so that letters that come meanwhile are not among them, and a replay that is begun again takes the same.
 *
 * @param id by which its commits are known
 * @param etl the ETL
 * @param condition an expression of Spark SQL
 * @param batches the batches whose letters they are, as in {@code batch_id}
 * @param started when
 * @param finished when all of them were through; null before
 */
public record Replay(
        String id, String etl, String condition, List<String> batches, Instant started, @Nullable Instant finished) {

    /** Copies the list. */
    public Replay {
        batches = List.copyOf(batches);
    }

    /** Says of a dead letter of the ETL whether it is one of them. */
    public Column takes() {
        return col("batch_id").isin(batches.toArray()).and(expr(condition));
    }

    /** Returns the same, finished. */
    public Replay done() {
        return new Replay(id, etl, condition, batches, started, Instant.now());
    }
}
