package io.millrace.kafka;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import io.millrace.kafka.spark.AvroValue;
import io.millrace.spi.DeadLetterStage;
import io.millrace.spi.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Records whose value is one Avro record in binary form, without a header, all written with the same schema. */
record AvroRecords(Schema schema, NullValue nullValue) implements RecordDecoder {

    private static final String DECODED = "_decoded";

    @Override
    public String description() {
        return "avro " + schema.getFullName();
    }

    @Override
    public Dataset<Row> decode(Dataset<Row> records) {
        Column problem = col(DECODED).getField(AvroValue.PROBLEM);
        Column record = col(DECODED).getField(AvroValue.RECORD);
        List<Column> columns = new ArrayList<>(Stream.of(AvroValue.type(schema).fieldNames())
                .map(name -> record.getField(name).as(name))
                .toList());
        columns.add(Records.source());
        Column rejection = Rejection.when(
                problem.isNotNull(),
                DeadLetterStage.DECODE,
                "MALFORMED_AVRO",
                concat(lit("the value is not a record of " + schema.getFullName() + ": "), problem));
        columns.add(Records.rejection(rejection, nullValue));
        return records.withColumn(DECODED, AvroValue.decoded(Records.VALUE, schema))
                .select(columns.toArray(Column[]::new));
    }
}
