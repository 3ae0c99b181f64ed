package io.millrace.kafka;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.millrace.config.MillraceException;
import io.millrace.kafka.registry.SchemaRegistry;
import io.millrace.kafka.spark.RegisteredAvroValue;
import io.millrace.kafka.spark.RowSchema;
import io.millrace.spark.ColumnNames;
import io.millrace.spi.SourceColumn;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.avro.functions;

/**
 * Values that name the schema they are written with, which is that of the rows. It is registered before the first of them is sent. Used on the driver.
 *
 * @param subject under which it is registered
 * @param name of the record, with its namespace
 * @param ids of schemas that were registered, by their text
 */
record RegisteredEncoding(SchemaRegistry registry, String subject, String name, Map<String, Integer> ids) {

    RegisteredEncoding(SchemaRegistry registry, String subject, String name) {
        this(registry, subject, name, new ConcurrentHashMap<>());
    }

    /**
     * Returns the values of rows.
     *
     * @throws MillraceException of kind USER where the registry does not take the schema of the rows, EXTERNAL where it does not answer
     */
    Column value(Dataset<Row> rows) {
        Column[] columns = ColumnNames.allBut(rows, SourceColumn.NAME);
        Schema schema = RowSchema.of(rows.select(columns).schema(), name);
        int id = ids.computeIfAbsent(schema.toString(), text -> registry.register(subject, schema));
        return concat(lit(RegisteredAvroValue.header(id)), functions.to_avro(struct(columns), schema.toString()));
    }
}
