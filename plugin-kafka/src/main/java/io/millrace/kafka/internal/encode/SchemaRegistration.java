package io.millrace.kafka.internal.encode;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.kafka.internal.registry.SchemaRegistry;
import io.millrace.kafka.internal.spark.RegisteredAvroValue;
import io.millrace.kafka.internal.spark.RowSchema;
import io.millrace.spi.SourceColumn;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.avro.functions;

/** Values that name the schema they are written with, which is that of the rows. It is registered before the first of them is sent. Used by one thread. */
final class SchemaRegistration implements ValueEncoding {

    private final SchemaRegistry registry;
    private final String subject;
    private final String name;

    /** Of schemas that were registered, by their text. */
    private final Map<String, Integer> ids = new HashMap<>();

    SchemaRegistration(SchemaRegistry registry, String subject, String name) {
        this.registry = registry;
        this.subject = subject;
        this.name = name;
    }

    /**
     * Returns the values of rows.
     *
     * @throws io.millrace.config.MillraceException of kind USER where the registry does not take the schema of the rows, EXTERNAL where it does not
     *     answer
     */
    @Override
    public Column value(Dataset<Row> rows) {
        Column[] columns = ColumnNames.allBut(rows, SourceColumn.NAME);
        Schema schema = RowSchema.of(rows.select(columns).schema(), name);
        int id = ids.computeIfAbsent(schema.toString(), text -> registry.register(subject, schema));
        return concat(lit(RegisteredAvroValue.header(id)), functions.to_avro(struct(columns), schema.toString()));
    }

    @Override
    public ValueEncoding ofRun() {
        return this;
    }
}
