package io.millrace.kafka.internal.decode;

import static org.apache.spark.sql.functions.col;

import io.millrace.kafka.internal.spark.AvroValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Records whose value is one Avro record in binary form, without a header, all written with the same schema. */
record AvroRecords(Schema schema, NullValue nullValue) implements RecordDecoder {

    private static final String DECODED = "_decoded";

    @Override
    public String description() {
        return "avro " + schema.getFullName();
    }

    @Override
    public Optional<StructType> columns() {
        return Optional.of(AvroValue.type(schema));
    }

    @Override
    public Dataset<Row> decode(Dataset<Row> records) {
        return columns(records, AvroValue.decoded(Records.VALUE, schema), schema, nullValue);
    }

    /** Makes columns of decoded values, as {@link AvroValue#decoded(Column, Schema)} makes them. */
    static Dataset<Row> columns(Dataset<Row> records, Column decoded, Schema schema, NullValue nullValue) {
        List<Column> columns = new ArrayList<>(Stream.of(AvroValue.type(schema).fieldNames())
                .map(name ->
                        col(DECODED).getField(AvroValue.RECORD).getField(name).as(name))
                .toList());
        columns.add(Records.source(col(DECODED).getField(AvroValue.SCHEMA_ID)));
        columns.add(Records.rejection(col(DECODED).getField(AvroValue.REJECTION), nullValue));
        return records.withColumn(DECODED, decoded).select(columns.toArray(Column[]::new));
    }
}
