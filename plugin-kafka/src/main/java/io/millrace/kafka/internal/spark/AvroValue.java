package io.millrace.kafka.internal.spark;

import io.millrace.internal.spark.ScalaCollections;
import io.millrace.spi.Rejection;
import java.io.Serializable;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.avro.SchemaConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.ObjectType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A value in Avro's binary form, all of them written with the same schema. One is used by the tasks of an executor's JVM, each with a copy. */
public final class AvroValue implements Serializable {

    /** The field of a decoded value that holds the record; null where it is rejected. */
    public static final String RECORD = "record";

    /** The field of a decoded value that says why there is no record; null where there is one. */
    public static final String REJECTION = "rejection";

    /** The field of a decoded value that holds the id of the schema it was written with; null where it has none. */
    public static final String SCHEMA_ID = "schema_id";

    private static final long serialVersionUID = 1L;

    private final String schema;
    private transient @Nullable AvroReading reading;

    private AvroValue(Schema schema) {
        this.schema = schema.toString();
    }

    /**
     * Returns the type of a schema's records.
     *
     * @throws IllegalArgumentException where the schema is not a record's, or Spark has no type for it
     */
    public static StructType type(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new IllegalArgumentException(
                    "is the schema of " + schema.getType().getName() + ", not of a record");
        }
        try {
            return (StructType) SchemaConverters.toSqlType(schema).dataType();
        } catch (Exception unsupported) { // Spark throws checked exceptions without declaring them
            throw new IllegalArgumentException("cannot become columns: " + unsupported.getMessage(), unsupported);
        }
    }

    /** Returns a struct of {@link #RECORD}, {@link #REJECTION} and {@link #SCHEMA_ID}; null for a null. */
    public static Column decoded(Column bytes, Schema schema) {
        return decoded(bytes, new AvroValue(schema), schema);
    }

    /** Calls {@code decode} of an object for each value that is not null. */
    static Column decoded(Column bytes, Object decoding, Schema reader) {
        StructType result = new StructType()
                .add(RECORD, type(reader), true)
                .add(REJECTION, Rejection.TYPE, true)
                .add(SCHEMA_ID, DataTypes.IntegerType, true);
        Expression decoder = Literal.create(decoding, new ObjectType(decoding.getClass()));
        return ExpressionUtils.column(new Invoke(
                decoder,
                "decode",
                result,
                ScalaCollections.seq(List.of(ExpressionUtils.expression(bytes))),
                ScalaCollections.seq(List.<AbstractDataType>of()),
                true,
                true,
                true));
    }

    /** Called by Spark. */
    public InternalRow decode(byte[] value) {
        AvroReading current = reading;
        if (current == null) {
            Schema written = new Schema.Parser().parse(schema);
            current = new AvroReading(written, written, new GenericData());
            reading = current;
        }
        return current.read(value, 0, null);
    }
}
