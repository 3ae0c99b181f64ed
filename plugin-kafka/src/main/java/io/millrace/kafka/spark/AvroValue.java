package io.millrace.kafka.spark;

import io.millrace.spark.ScalaCollections;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.avro.AvroDeserializer;
import org.apache.spark.sql.avro.SchemaConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.ObjectType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * A value in Avro's binary form, decoded with Spark's own converter straight into its row format. Unlike {@code from_avro} it tells a malformed
 * value from a record of nulls, and does not accept bytes after the record. One is used by the tasks of an executor's JVM, each with a copy.
 */
public final class AvroValue implements Serializable {

    /** The field of {@link #decoded} that holds the record; null where there is a problem. */
    public static final String RECORD = "record";

    /** The field of {@link #decoded} that says what is wrong with the value; null where nothing is. */
    public static final String PROBLEM = "problem";

    private static final long serialVersionUID = 1L;

    private final String schema;
    private transient @Nullable Decoding decoding;

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
        } catch (RuntimeException unsupported) {
            throw new IllegalArgumentException("cannot become columns: " + unsupported.getMessage(), unsupported);
        }
    }

    /** Returns a struct of {@link #RECORD} and {@link #PROBLEM}; null for a null. */
    public static Column decoded(Column bytes, Schema schema) {
        StructType result = new StructType().add(RECORD, type(schema), true).add(PROBLEM, DataTypes.StringType, true);
        Expression decoder = Literal.create(new AvroValue(schema), new ObjectType(AvroValue.class));
        return ExpressionUtils.column(new Invoke(
                decoder,
                "decode",
                result,
                ScalaCollections.seq(List.of(ExpressionUtils.expression(bytes))),
                ScalaCollections.seq(List.<org.apache.spark.sql.types.AbstractDataType>of()),
                true,
                true,
                true));
    }

    /** Called by Spark, for each value that is not null. */
    public InternalRow decode(byte[] value) {
        Decoding current = decoding;
        if (current == null) {
            current = new Decoding(new Schema.Parser().parse(schema));
            decoding = current;
        }
        return current.decode(value);
    }

    /** What cannot be sent to executors. */
    private static final class Decoding {

        private final GenericDatumReader<Object> reader;
        private final AvroDeserializer deserializer;
        private @Nullable BinaryDecoder decoder;
        private @Nullable Object reused;

        Decoding(Schema schema) {
            this.reader = new GenericDatumReader<>(schema);
            this.deserializer = new AvroDeserializer(schema, type(schema), "CORRECTED", false, "", -1);
        }

        InternalRow decode(byte[] value) {
            try {
                BinaryDecoder in = DecoderFactory.get().binaryDecoder(value, decoder);
                decoder = in;
                Object record = reader.read(reused, in);
                reused = record;
                if (!in.isEnd()) {
                    return problem("there is more after the record");
                }
                return new GenericInternalRow(
                        new Object[] {deserializer.deserialize(record).get(), null});
            } catch (IOException
                    | AvroRuntimeException
                    | IndexOutOfBoundsException
                    | UnsupportedOperationException malformed) {
                reused = null;
                String message = malformed.getMessage();
                return problem(message == null ? "it ends too early" : message);
            }
        }

        private static InternalRow problem(String message) {
            return new GenericInternalRow(new @Nullable Object[] {null, UTF8String.fromString(message)});
        }
    }
}
