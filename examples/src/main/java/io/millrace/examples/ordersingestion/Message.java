package io.millrace.examples.ordersingestion;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Makes values of messages as a producer does that knows the registry. */
final class Message {

    private final Schema schema;
    private final int id;

    /** Writes with a schema that the registry knows, or will know, by this id. */
    Message(String schema, int id) {
        this.schema = new Schema.Parser().parse(schema);
        this.id = id;
    }

    /** An order of two products. */
    byte[] order(long number, String description, double price) {
        Schema product = schema.getField("products").schema().getElementType();
        GenericRecord order = new GenericData.Record(schema);
        order.put("order_id", number);
        order.put("customer", "John Doe");
        order.put("description", description);
        order.put("price", price);
        order.put("products", List.of(product(product, "shoes", price / 2), product(product, "t-shirt", price / 2)));
        if (schema.getField("currency") != null) {
            order.put("currency", "PLN");
        }
        return value(order);
    }

    /** A payment. */
    byte[] payment(long number, double amount) {
        GenericRecord payment = new GenericData.Record(schema);
        payment.put("payment_id", number);
        payment.put("amount", amount);
        return value(payment);
    }

    /** The five bytes before the record. */
    byte[] header() {
        return ByteBuffer.allocate(5).put((byte) 0).putInt(id).array();
    }

    private static GenericRecord product(Schema schema, String name, double price) {
        GenericRecord product = new GenericData.Record(schema);
        product.put("name", name);
        product.put("price", price);
        return product;
    }

    private byte[] value(GenericRecord record) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(header());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
