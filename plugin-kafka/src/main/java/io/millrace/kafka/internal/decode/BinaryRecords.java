package io.millrace.kafka.internal.decode;

import static org.apache.spark.sql.functions.lit;

import io.millrace.spi.Rejection;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Records as they are: key and value in bytes, either may be null. */
record BinaryRecords() implements RecordDecoder {

    private static final StructType TYPE =
            new StructType().add("key", DataTypes.BinaryType).add("value", DataTypes.BinaryType);

    @Override
    public String description() {
        return "binary";
    }

    @Override
    public boolean mayReject() {
        return false;
    }

    @Override
    public Optional<StructType> columns() {
        return Optional.of(TYPE);
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
