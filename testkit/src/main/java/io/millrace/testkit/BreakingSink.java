package io.millrace.testkit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Delivery;
import io.millrace.spi.Sink;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** A sink that breaks where every sink can: around another one that knows nothing of it. */
record BreakingSink(Sink sink, BiFunction<Sink, Batch, CommitOutcome> writing) implements Sink {

    /** Returns what makes one for a target, for each point. */
    static Map<String, Function<SinkTarget, Sink>> ofAnyKind() {
        Map<String, Function<SinkTarget, Sink>> sinks = new LinkedHashMap<>();
        sinks.put("in a task", target -> around(target.sink(), (sink, batch) -> sink.write(dying(batch))));
        sinks.put(
                "after the commit, before its answer",
                target -> around(target.sink(), (sink, batch) -> {
                    throw new ProcessDeath("the answer: " + sink.write(batch));
                }));
        return sinks;
    }

    private static Sink around(Sink sink, BiFunction<Sink, Batch, CommitOutcome> writing) {
        return new BreakingSink(sink, writing);
    }

    private static Batch dying(Batch batch) {
        UDF1<Long, Long> death = id -> {
            throw new ProcessDeath("row " + id);
        };
        Dataset<Row> rows = batch.rows()
                .withColumn(
                        "id",
                        udf(death, DataTypes.LongType).asNondeterministic().apply(col("id")));
        return batch.with(rows);
    }

    @Override
    public String description() {
        return sink.description();
    }

    @Override
    public Delivery delivery() {
        return sink.delivery();
    }

    @Override
    public CommitOutcome write(Batch batch) {
        return writing.apply(sink, batch);
    }
}
