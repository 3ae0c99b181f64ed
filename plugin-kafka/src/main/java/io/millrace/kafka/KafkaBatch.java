package io.millrace.kafka;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.rows.CountedRows;
import io.millrace.internal.spark.rows.CountedRows.Count;
import io.millrace.internal.spark.rows.SettledRows;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.DeadLetterStage;
import io.millrace.spi.Preparation.Commit;
import io.millrace.spi.Rejection;
import io.millrace.spi.RowError;
import io.millrace.spi.SparkErrors;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * One batch on its way into a topic.
 *
 * <p>Records that are too large must be among the dead letters before the first record is sent. So where there is a place for dead letters, the records
 * are computed and kept, and counted on the way; where there are none too large, they are sent without a further look at the rows. Where there is no
 * place, one too large fails the sending.
 */
final class KafkaBatch implements AutoCloseable {

    /** What a record weighs beside its key and its value: its headers, and what Kafka adds. */
    private static final int OVERHEAD = 1024;

    private static final String ROWS = "rows";
    private static final String LARGE = "large";

    private final KafkaModel model;
    private final Batch batch;
    private final long limit;
    private @Nullable SettledRows kept;

    KafkaBatch(KafkaModel model, Batch batch) {
        this.model = model;
        this.batch = batch;
        this.limit = model.connection().maxRecordBytes();
    }

    /** Returns how the records are sent. Dead letters are committed before. */
    Commit prepared() {
        Dataset<Row> records = model.encoding().records(batch.rows(), batch.id());
        CountedRows counted = CountedRows.of(records, Count.all(ROWS), new Count(LARGE, tooLarge()));
        if (!batch.deadLetters().available()) {
            return () -> sent(counted.rows().filter(fitting()), counted);
        }
        kept = SettledRows.of(counted.rows());
        if (counted.count(LARGE) > 0) {
            batch.deadLetters().write(letters());
        }
        Dataset<Row> fitting = kept.rows().filter(tooLarge().equalTo(lit(false)));
        return () -> sent(fitting, counted);
    }

    /** Nobody can take back what was sent before a failure, nor tell how much it was. */
    private CommitOutcome sent(Dataset<Row> records, CountedRows counted) {
        try {
            records.write()
                    .format("kafka")
                    .options(model.connection().sparkOptions())
                    .options(Map.of("kafka.acks", "all", "kafka.enable.idempotence", "true", "topic", model.topic()))
                    .save();
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            return new CommitOutcome.Unknown(reason(failed));
        }
        long large = counted.count(LARGE);
        return new CommitOutcome.Committed("", new Counts(counted.count(ROWS) - large, 0, large, 0, 0));
    }

    private MillraceException reason(Exception failed) {
        MillraceException why = SparkErrors.of("topic " + model.topic() + " at " + model.connection(), failed);
        String message = why.getMessage()
                + "; some of the batch may be in the topic, and will be there twice when it is written again";
        return why.kind() == MillraceException.Kind.USER
                ? why.saying(message)
                : MillraceException.external(message, failed);
    }

    private Column fitting() {
        return when(
                        tooLarge(),
                        RowError.raise(concat(
                                        lit("topic " + model.topic() + ": "),
                                        reason(col("key"), col("value")),
                                        lit("; add dead-letters = MODEL to the ETL to keep such rows aside")))
                                .cast("boolean"))
                .otherwise(lit(true));
    }

    private Dataset<Row> letters() {
        Column key = model.encoding().key();
        Column value = model.encoding().value(batch.rows());
        return batch.rows()
                .filter(tooLarge(key, value))
                .withColumn(
                        Rejection.COLUMN, Rejection.of(DeadLetterStage.SINK, "RECORD_TOO_LARGE", reason(key, value)));
    }

    private Column reason(Column key, Column value) {
        return concat(
                lit("a record of "),
                bytes(key, value).cast("string"),
                lit(" bytes is too large: with its headers it must stay below kafka { max.request.size } = " + limit
                        + ", which may be raised as far as the topic's max.message.bytes"));
    }

    private Column tooLarge() {
        return tooLarge(col("key"), col("value"));
    }

    private Column tooLarge(Column key, Column value) {
        return bytes(key, value).gt(limit - OVERHEAD);
    }

    private static Column bytes(Column key, Column value) {
        return coalesce(length(key), lit(0)).plus(coalesce(length(value), lit(0)));
    }

    /** Lets go of the records. */
    @Override
    public void close() {
        if (kept != null) {
            kept.close();
        }
    }
}
