package io.millrace.examples.crash;

import io.millrace.broker.RegistryServer;
import io.millrace.testkit.RegisteredAvro;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Messages with numbers that grow, one in a hundred of them bad, each time in another way; and what must become of them. One thread makes them; another may ask how many deliveries there were. */
final class RegisteredEvents {

    private static final int ORDERS = 500;
    private static final int EVERY = 100;

    private static final String SCHEMA =
            """
            { "type": "record", "name": "Event", "namespace": "crash", "fields": [
              { "name": "event_id", "type": "long" }, { "name": "order_id", "type": "long" }, { "name": "number", "type": "long" },
              { "name": "price", "type": { "type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2 } }%s ] }""";

    private final RegistryServer registry;
    private final String subject;
    private final int changes;
    private final List<Long> good = new ArrayList<>();
    private final Map<Long, Long> latest = new TreeMap<>();
    private RegisteredAvro schema;
    private final AtomicInteger deliveries = new AtomicInteger();
    private long sent;
    private int bad;

    /**
     * Begins with the first schema.
     *
     * @param changes after so many deliveries there is another one
     */
    RegisteredEvents(RegistryServer registry, String subject, int changes) {
        this.registry = registry;
        this.subject = subject;
        this.changes = changes;
        this.schema = RegisteredAvro.in(registry, subject, SCHEMA.formatted(""));
    }

    List<byte[]> next(int count) {
        if (deliveries.get() == changes) {
            schema = RegisteredAvro.in(
                    registry,
                    subject,
                    SCHEMA.formatted(", { \"name\": \"shop\", \"type\": \"string\", \"default\": \"\" }"));
        }
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value(sent++));
        }
        deliveries.incrementAndGet();
        return values;
    }

    int deliveries() {
        return deliveries.get();
    }

    /** Returns how many were bad. */
    int bad() {
        return bad;
    }

    /** Returns the ids of the others. */
    List<Long> good() {
        return good;
    }

    /** Returns the last event of each order. */
    Map<Long, Long> latest() {
        return latest;
    }

    private byte[] value(long id) {
        Map<String, Object> fields = new TreeMap<>(Map.of(
                "event_id",
                id,
                "order_id",
                id % ORDERS,
                "number",
                id,
                "price",
                ByteBuffer.wrap(BigDecimal.valueOf(100 + id, 2).unscaledValue().toByteArray())));
        if (schema.schema().getField("shop") != null) {
            fields.put("shop", "north");
        }
        byte[] value = schema.value(fields);
        if (id % EVERY == EVERY - 1) {
            return spoilt(value, bad++ % 7);
        }
        good.add(id);
        latest.put(id % ORDERS, id);
        return value;
    }

    private static byte[] spoilt(byte[] value, int how) {
        return switch (how) {
            case 0 -> new byte[0];
            case 1 -> "no Avro".getBytes(StandardCharsets.UTF_8);
            case 2 -> RegisteredAvro.withId(value, 700_000 + value.length % 3);
            case 3 -> Arrays.copyOf(value, value.length - 1);
            case 4 -> Arrays.copyOf(value, value.length + 1);
            case 5 -> Arrays.copyOf(value, 5);
            default -> Arrays.copyOf(value, 4);
        };
    }
}
