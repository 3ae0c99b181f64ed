package io.millrace.kafka.internal.decode;

import io.millrace.internal.decode.JsonDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Records whose value is one JSON object. */
record JsonRecords(StructType schema, Map<String, String> options, NullValue nullValue) implements RecordDecoder {

    JsonRecords {
        options = Map.copyOf(options);
    }

    @Override
    public String description() {
        return "json";
    }

    @Override
    public Optional<StructType> columns() {
        return Optional.of(schema);
    }

    @Override
    public Dataset<Row> decode(Dataset<Row> records) {
        JsonDecoder decoder = new JsonDecoder(schema, options, "value");
        List<Column> values = Stream.of(schema.fieldNames())
                .map(name -> decoder.field(name).as(name))
                .toList();
        List<Column> columns = new ArrayList<>(values);
        columns.add(Records.source());
        columns.add(Records.rejection(decoder.rejection(Records.VALUE, values), nullValue));
        return decoder.parse(records, Records.VALUE).select(columns.toArray(Column[]::new));
    }
}
