package io.millrace.kafka.internal.decode;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.millrace.spi.DeadLetterStage;
import io.millrace.spi.Rejection;
import io.millrace.spi.SourceColumn;
import java.util.Map;
import org.apache.spark.sql.Column;

/** The columns of Spark's Kafka source. */
public final class Records {

    static final Column KEY = col("key");
    static final Column VALUE = col("value");
    static final Column HEADERS = col("headers");

    private Records() {}

    /** Returns where each record comes from, with its original. */
    static Column source() {
        return source(lit(null));
    }

    /** The same with the id of the schema it was written with. */
    static Column source(Column schemaId) {
        return SourceColumn.of(Map.of(
                        "schema_id",
                        schemaId,
                        "topic",
                        col("topic"),
                        "partition",
                        col("partition"),
                        "offset",
                        col("offset"),
                        "timestamp",
                        col("timestamp"),
                        "key",
                        KEY,
                        "value",
                        VALUE,
                        "headers",
                        HEADERS))
                .as(SourceColumn.NAME);
    }

    /** Returns what becomes of each record: one without a value as the setting says, the others as the decoder does. */
    static Column rejection(Column ofDecoder, NullValue nullValue) {
        Column ofNull = nullValue == NullValue.KEEP
                ? lit(null).cast(Rejection.TYPE)
                : Rejection.of(
                        DeadLetterStage.DECODE,
                        "NULL_VALUE",
                        lit("the record has no value; decode { null-value = keep } makes it a row of nulls"));
        return when(VALUE.isNull(), ofNull).otherwise(ofDecoder).as(Rejection.COLUMN);
    }
}
