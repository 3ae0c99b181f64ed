package io.millrace.kafka.internal.spark;

import io.millrace.spi.DeadLetterStage;
import io.millrace.spi.MissingLookupException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * A value as Confluent's serializers write it: a zero byte, the id of the schema it was written with as four bytes, the highest first, and Avro's
 * binary form. (<a href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">The
 * format</a>.) One is used by the tasks of an executor's JVM, each with a copy; none of them asks the registry.
 */
public final class RegisteredAvroValue implements Serializable {

    /** The bytes before the record. */
    public static final int HEADER = 5;

    private static final long serialVersionUID = 1L;

    private final String reader;
    private final Map<Integer, Writer> writers;
    private transient @Nullable Map<Integer, AvroReading> readings;
    private transient @Nullable GenericData data;

    private RegisteredAvroValue(Schema reader, Map<Integer, Writer> writers) {
        this.reader = reader.toString();
        this.writers = Map.copyOf(writers);
    }

    /** Returns the bytes before a record. */
    public static byte[] header(int id) {
        return ByteBuffer.allocate(HEADER).put((byte) 0).putInt(id).array();
    }

    /** What is known of an id: a schema by which values are read, or why they are not. */
    public sealed interface Writer extends Serializable {}

    /** Values are read with this schema. */
    public record Understood(String schema) implements Writer {
        private static final long serialVersionUID = 1L;
    }

    /** Values are rejected. */
    public record Refused(DeadLetterStage stage, String code, String reason) implements Writer {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Returns a struct as {@link AvroValue#decoded(Column, Schema)} does.
     *
     * @param reader the schema of the records that come out
     * @param writers what is known of ids; a task that meets another one throws {@link MissingLookupException}
     */
    public static Column decoded(Column bytes, Schema reader, Map<Integer, Writer> writers) {
        return AvroValue.decoded(bytes, new RegisteredAvroValue(reader, writers), reader);
    }

    /** Called by Spark. */
    public InternalRow decode(byte[] value) {
        if (value.length == 0) {
            return rejected("EMPTY_VALUE", "the value is empty");
        }
        if (value[0] != 0) {
            return rejected(
                    "WRONG_MAGIC_BYTE",
                    String.format(
                            "the value begins with 0x%02X, not with the zero byte of a registered schema", value[0]));
        }
        if (value.length < HEADER) {
            return rejected(
                    "TRUNCATED_HEADER", "the value has " + value.length + " bytes, too few for the id of a schema");
        }
        int id = ByteBuffer.wrap(value, 1, 4).getInt();
        Writer writer = writers.get(id);
        if (writer instanceof Understood understood) {
            return reading(id, understood).read(value, HEADER, id);
        }
        if (writer instanceof Refused refused) {
            return AvroReading.rejected(refused.stage, refused.code, refused.reason, id);
        }
        throw new MissingLookupException("a record was written with schema " + id + ", which is not looked up yet");
    }

    private AvroReading reading(int id, Understood writer) {
        Map<Integer, AvroReading> known = readings;
        GenericData kept = data;
        if (known == null || kept == null) {
            known = new HashMap<>();
            readings = known;
            kept = new GenericData();
            data = kept;
        }
        AvroReading reading = known.get(id);
        if (reading == null) {
            Schema written = new Schema.Parser().parse(writer.schema);
            reading = new AvroReading(written, new Schema.Parser().parse(this.reader), kept);
            known.put(id, reading);
        }
        return reading;
    }

    private static InternalRow rejected(String code, String reason) {
        return AvroReading.rejected(DeadLetterStage.DECODE, code, reason, null);
    }
}
