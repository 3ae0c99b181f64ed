package io.millrace.kafka;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.millrace.config.MillraceException;
import io.millrace.spark.Measured;
import io.millrace.spark.Measured.Count;
import io.millrace.spark.SparkErrors;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.DeadLetterStage;
import io.millrace.spi.Delivery;
import io.millrace.spi.Rejection;
import io.millrace.spi.RowError;
import io.millrace.spi.Sink;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Writes a topic by Spark's Kafka sink: idempotently, acknowledged by all replicas, each record at least once. A batch that is written again sends
 * its records again, each with the {@code millrace-id} it had before as far as the batch is computed in the same order.
 */
final class KafkaSink implements Sink {

    /** What a record weighs beside its key and its value: its headers, and what Kafka adds. */
    private static final int OVERHEAD = 1024;

    private final KafkaModel model;
    private final Consumer<Topics> presence;
    private @Nullable String assured;

    KafkaSink(KafkaModel model) {
        this(model, topics -> new Brokers(model.connection()).partitions(topics));
    }

    /**
     * A sink that asks for its topic as it is told.
     *
     * @param presence throws where the topic is not there; called before the first batch of each run
     */
    KafkaSink(KafkaModel model, Consumer<Topics> presence) {
        this.model = model;
        this.presence = presence;
    }

    KafkaModel model() {
        return model;
    }

    @Override
    public String description() {
        String key = model.encoding().keyExpression();
        return "topic " + topic() + " at " + model.connection() + ", " + (key == null ? "without key" : "key " + key);
    }

    @Override
    public Delivery delivery() {
        return Delivery.AT_LEAST_ONCE;
    }

    @Override
    public CommitOutcome write(Batch batch) {
        assureTopic(batch.id().request());
        Dataset<Row> rows = batch.rows();
        long limit = model.connection().maxRecordBytes();
        Dataset<Row> records = records(rows, batch);
        Measured measured = Measured.of(records, Count.all("rows"), new Count("large", tooLarge(limit)));
        try {
            sendable(measured.rows(), limit, batch.deadLetters().available())
                    .write()
                    .format("kafka")
                    .options(model.connection().sparkOptions())
                    .options(Map.of("kafka.acks", "all", "kafka.enable.idempotence", "true", "topic", topic()))
                    .save();
        } catch (Exception failed) {
            return new CommitOutcome.Unknown(failure(failed));
        }
        long large = measured.count("large");
        if (large > 0) {
            batch.deadLetters().write(letters(rows, limit));
        }
        return new CommitOutcome.Committed(
                "", new Counts(measured.count("rows") - large, 0, large, 0, 0), Map.of(), List.of());
    }

    private void assureTopic(String request) {
        if (!request.equals(assured)) {
            presence.accept(model.topics());
            assured = request;
        }
    }

    private Dataset<Row> records(Dataset<Row> rows, Batch batch) {
        try {
            return model.encoding().records(rows, batch.id());
        } catch (Exception wrong) {
            throw SparkErrors.of("topic " + topic() + ": its records cannot be made", wrong);
        }
    }

    private Dataset<Row> sendable(Dataset<Row> records, long limit, boolean deadLetters) {
        Column fits = tooLarge(limit).equalTo(lit(false));
        if (deadLetters) {
            return records.filter(fits);
        }
        return records.filter(when(fits, lit(true))
                .otherwise(RowError.raise(concat(
                                lit("topic " + topic() + ": "),
                                reason(col("key"), col("value"), limit),
                                lit("; add dead-letters = MODEL to the ETL to keep such rows aside")))
                        .cast("boolean")));
    }

    private Dataset<Row> letters(Dataset<Row> rows, long limit) {
        Column key = model.encoding().key();
        Column value = model.encoding().value(rows);
        return rows.filter(bytes(key, value).gt(limit - OVERHEAD))
                .withColumn(
                        Rejection.COLUMN,
                        Rejection.of(DeadLetterStage.SINK, "RECORD_TOO_LARGE", reason(key, value, limit)));
    }

    private static Column reason(Column key, Column value, long limit) {
        return concat(
                lit("a record of "),
                bytes(key, value).cast("string"),
                lit(" bytes is too large: with its headers it must stay below kafka { max.request.size } = " + limit
                        + ", which may be raised as far as the topic's max.message.bytes"));
    }

    private static Column tooLarge(long limit) {
        return bytes(col("key"), col("value")).gt(limit - OVERHEAD);
    }

    private static Column bytes(Column key, Column value) {
        return coalesce(length(key), lit(0)).plus(coalesce(length(value), lit(0)));
    }

    private MillraceException failure(Exception failed) {
        MillraceException why = SparkErrors.of("topic " + topic() + " at " + model.connection(), failed);
        return why.kind() == MillraceException.Kind.USER
                ? why
                : MillraceException.external(
                        why.getMessage() + "; some of the batch may be in the topic, and will be there twice when it is"
                                + " written again",
                        failed);
    }

    private String topic() {
        return model.topics().single().orElseThrow();
    }
}
