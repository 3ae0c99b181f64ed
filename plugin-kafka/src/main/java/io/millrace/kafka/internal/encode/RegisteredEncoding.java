package io.millrace.kafka.internal.encode;

import io.millrace.kafka.internal.registry.RegistrySettings;
import io.millrace.kafka.internal.registry.SchemaRegistry;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Values that name the schema they are written with, as planned.
 *
 * @param subject under which it is registered
 * @param name of the record, with its namespace
 */
record RegisteredEncoding(RegistrySettings registry, String subject, String name) implements ValueEncoding {

    @Override
    public Column value(Dataset<Row> rows) {
        return ofRun().value(rows);
    }

    @Override
    public ValueEncoding ofRun() {
        return new SchemaRegistration(new SchemaRegistry(registry), subject, name);
    }
}
