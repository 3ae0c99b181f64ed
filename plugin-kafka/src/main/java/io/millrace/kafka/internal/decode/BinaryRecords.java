package io.millrace.kafka.internal.decode;

import static org.apache.spark.sql.functions.lit;

import io.millrace.spi.Rejection;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Records as they are: key and value in bytes, either may be null. */
record BinaryRecords() implements RecordDecoder {

    @Override
    public String description() {
        return "binary";
    }

    @Override
    public boolean mayReject() {
        return false;
    }

    @Override
    public Dataset<Row> decode(Dataset<Row> records) {
        return records.select(
                Records.KEY,
                Records.VALUE,
                Records.source(),
                lit(null).cast(Rejection.TYPE).as(Rejection.COLUMN));
    }
}
