package io.millrace.kafka.internal.decode;

import static org.apache.spark.sql.functions.conv;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.substring;

import io.millrace.kafka.internal.spark.RegisteredAvroValue;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Looks for the schemas that records name. */
final class SchemaIds {

    private SchemaIds() {}

    /** Returns the ids, without decoding anything. */
    static Set<Integer> in(Dataset<Row> records) {
        Column header = hex(substring(Records.VALUE, 1, RegisteredAvroValue.HEADER));
        Column id = conv(substring(header, 3, 8), 16, 10).cast("bigint");
        Set<Integer> ids = new TreeSet<>();
        records.filter(length(Records.VALUE).geq(RegisteredAvroValue.HEADER).and(header.startsWith("00")))
                .select(id)
                .distinct()
                .collectAsList()
                .forEach(row -> ids.add((int) row.getLong(0)));
        return ids;
    }
}
