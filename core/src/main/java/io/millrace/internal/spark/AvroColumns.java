package io.millrace.internal.spark;

import org.apache.avro.Schema;
import org.apache.spark.sql.avro.SchemaConverters;
import org.apache.spark.sql.types.StructType;

/** The columns that an Avro schema means. */
public final class AvroColumns {

    private AvroColumns() {}

    /**
     * Reads a record's schema.
     *
     * @throws RuntimeException where it is no Avro schema, not that of a record, or means no type of Spark's
     */
    public static StructType of(String avro) {
        Schema schema = new Schema.Parser().parse(avro);
        if (schema.getType() != Schema.Type.RECORD) {
            throw new IllegalArgumentException(
                    "an Avro schema of type " + schema.getType().getName() + " has no columns; write that of a record");
        }
        return (StructType) SchemaConverters.toSqlType(schema).dataType();
    }
}
