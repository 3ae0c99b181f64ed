package io.millrace.kafka;

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

/** A schema in the registry, and values written with it as a producer does that knows the registry. */
record Registered(int id, Schema schema) {

    static Registered in(RegistryServer registry, String subject, String schema) {
        return new Registered(registry.register(subject, schema), new Schema.Parser().parse(schema));
    }

    byte[] value(Map<String, ?> fields) {
        GenericData.Record record = new GenericData.Record(schema);
        fields.forEach(record::put);
        return value(id, record);
    }

    byte[] value(int named, GenericData.Record record) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(header(named));
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericData.Record>(schema).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static byte[] header(int id) {
        return ByteBuffer.allocate(5).put((byte) 0).putInt(id).array();
    }
}
