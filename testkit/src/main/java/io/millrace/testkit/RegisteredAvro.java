package io.millrace.testkit;

import io.millrace.broker.RegistryServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * A schema in a registry, and values written with it as a producer does that knows the registry: a zero byte, the id, Avro's binary form. Needs
 * {@code io.millrace:millrace-broker} on the class path.
 *
 * @param id by which the registry knows it
 */
public record RegisteredAvro(int id, Schema schema) {

    /** Registers a schema under a subject, unless it is there. */
    public static RegisteredAvro in(RegistryServer registry, String subject, String schema) {
        return new RegisteredAvro(registry.register(subject, schema), new Schema.Parser().parse(schema));
    }

    /** Writes a record; fields that are not named are null. */
    public byte[] value(Map<String, ?> fields) {
        GenericData.Record record = new GenericData.Record(schema);
        fields.forEach(record::put);
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(header(id));
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericData.Record>(schema).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Returns the five bytes that name a schema. */
    public static byte[] header(int id) {
        return ByteBuffer.allocate(5).put((byte) 0).putInt(id).array();
    }

    /** Returns a value with another id in its header. */
    public static byte[] withId(byte[] value, int id) {
        byte[] changed = value.clone();
        System.arraycopy(header(id), 0, changed, 0, 5);
        return changed;
    }
}
