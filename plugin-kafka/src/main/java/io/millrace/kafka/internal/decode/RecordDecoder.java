package io.millrace.kafka.internal.decode;

import io.millrace.model.SchemaContract.Policy;
import io.millrace.spi.Lookup;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** From records, as Spark's Kafka source has them, to columns. Immutable; used on the driver. */
public interface RecordDecoder {

    /** Returns how records are decoded, in a word or two. */
    String description();

    /** Returns the columns, the {@link io.millrace.spi.SourceColumn} and the {@link io.millrace.spi.Rejection} of each record. */
    Dataset<Row> decode(Dataset<Row> records);

    /** Returns whether there may be records that cannot be decoded. */
    default boolean mayReject() {
        return true;
    }

    /** Returns the columns, where they are known before anything is read. */
    default Optional<StructType> columns() {
        return Optional.empty();
    }

    /** Returns what decoding looks up elsewhere, if there is something, as {@link io.millrace.spi.DecodingSource#lookup}. */
    default Optional<Lookup> lookup(Policy newFields) {
        return Optional.empty();
    }
}
