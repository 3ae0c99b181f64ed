package io.millrace.kafka.internal.decode;

import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.millrace.spi.DeadLetterStage;
import io.millrace.spi.Rejection;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Records whose key and value are texts in UTF-8; either may be null. */
record TextRecords() implements RecordDecoder {

    private static final StructType TYPE =
            new StructType().add("key", DataTypes.StringType).add("value", DataTypes.StringType);

    @Override
    public String description() {
        return "text";
    }

    @Override
    public Optional<StructType> columns() {
        return Optional.of(TYPE);
    }

    @Override
    public Dataset<Row> decode(Dataset<Row> records) {
        Column key = Records.KEY.cast("string");
        Column value = Records.VALUE.cast("string");
        Column wrong = not(is_valid_utf8(value)).or(not(is_valid_utf8(key)));
        return records.select(
                key.as("key"),
                value.as("value"),
                Records.source(),
                Rejection.when(
                                wrong,
                                DeadLetterStage.DECODE,
                                "MALFORMED_TEXT",
                                lit("the key or the value is not valid UTF-8"))
                        .as(Rejection.COLUMN));
    }
}
