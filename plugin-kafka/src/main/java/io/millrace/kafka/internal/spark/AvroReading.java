package io.millrace.kafka.internal.spark;

import io.millrace.spi.DeadLetterStage;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.spark.sql.avro.AvroDeserializer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Reads values that were written with one schema as records of another, straight into Spark's rows, or, where there are types that this does not
 * cover, with Avro's reader and Spark's converter. Unlike {@code from_avro} it tells a malformed value from a record of nulls, and does not accept
 * bytes after the record. For one thread.
 */
final class AvroReading {

    private final String name;
    private final ValueReader records;
    private final BoundedDecoder decoder = new BoundedDecoder();

    /**
     * A reading of one schema.
     *
     * @param data what Avro keeps for schemas, which it never forgets; so it must be the task's own
     */
    AvroReading(Schema writer, Schema reader, GenericData data) {
        this.name = writer.getFullName();
        this.records = DirectAvro.of(writer, reader, data).orElseGet(() -> byWayOfObjects(writer, reader, data));
    }

    /** Reads with Avro's reader and Spark's converter. */
    static ValueReader byWayOfObjects(Schema writer, Schema reader, GenericData data) {
        GenericDatumReader<Object> objects = new GenericDatumReader<>(writer, reader, data);
        AvroDeserializer deserializer =
                new AvroDeserializer(reader, AvroValue.type(reader), "CORRECTED", false, "", -1);
        return from -> deserializer.deserialize(objects.read(null, from)).get();
    }

    /** Returns a row of {@link AvroValue#RECORD}, {@link AvroValue#REJECTION} and {@link AvroValue#SCHEMA_ID}, of which one of the first two is null. */
    InternalRow read(byte[] value, int offset, @Nullable Integer schemaId) {
        try {
            decoder.begin(value, offset);
            Object record = records.read(decoder);
            if (!decoder.atEnd()) {
                return rejected("TRAILING_BYTES", "there is more after the record", schemaId);
            }
            return new GenericInternalRow(new @Nullable Object[] {record, null, schemaId});
        } catch (IOException
                | AvroRuntimeException
                | ArithmeticException
                | IndexOutOfBoundsException
                | UnsupportedOperationException
                | StackOverflowError malformed) {
            String message = malformed.getMessage();
            return rejected("MALFORMED_AVRO", message == null ? "it is nested too deep" : message, schemaId);
        }
    }

    private InternalRow rejected(String code, String flaw, @Nullable Integer schemaId) {
        return rejected(DeadLetterStage.DECODE, code, "the value is not a record of " + name + ": " + flaw, schemaId);
    }

    static InternalRow rejected(DeadLetterStage stage, String code, String reason, @Nullable Integer schemaId) {
        InternalRow rejection = new GenericInternalRow(new Object[] {
            UTF8String.fromString(stage.word()), UTF8String.fromString(code), UTF8String.fromString(reason)
        });
        return new GenericInternalRow(new @Nullable Object[] {null, rejection, schemaId});
    }
}
