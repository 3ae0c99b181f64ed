package io.millrace.examples.ordersingestion;

import io.millrace.broker.RegistryServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What arrives at the topic: orders, and among them a message of every kind that can go wrong. The same at every call.
 *
 * @param values in the order in which they are sent
 * @param good how many of them are orders that can be read at once
 * @param early how many are orders whose schema is registered later
 */
record Messages(List<byte @Nullable []> values, int good, int early) {

    static final String SUBJECT = "dev.orders-value";

    /** The description of the first order. */
    static final String DESCRIPTION = "zażółć gęślą jaźń";

    private static final int ORDERS = 2_000;
    private static final int EARLY = 5;
    private static final int OTHERS_ID = 1_000_000;

    /** Makes them, for a registry that is new. */
    static Messages forRegistry(RegistryServer registry) {
        Message orders = new Message(OrderSchema.FIRST, registry.register(SUBJECT, OrderSchema.FIRST));
        int payments = registry.register("dev.payments-value", OrderSchema.PAYMENT);
        Message unregistered = new Message(OrderSchema.WITH_CURRENCY, payments + 1);
        Random random = new Random(7);
        List<byte @Nullable []> values = new ArrayList<>();
        values.add(orders.order(0, DESCRIPTION, 99.98));
        for (int number = 1; number < ORDERS; number++) {
            values.add(orders.order(number, "order " + number, 1 + random.nextInt(10_000) / 100.0));
        }
        values.add(orders.order(ORDERS, "x".repeat(1_000_000), 5));
        int good = values.size();
        List<byte @Nullable []> others = bad(orders, new Message(OrderSchema.PAYMENT, payments));
        for (int number = 0; number < EARLY; number++) {
            others.add(unregistered.order(ORDERS + 1 + number, "order of tomorrow", 20 + number));
        }
        others.forEach(value -> values.add(random.nextInt(values.size()), value));
        return new Messages(values, good, EARLY);
    }

    /** A message of every kind that is bad. */
    private static List<byte @Nullable []> bad(Message orders, Message payments) {
        byte[] order = orders.order(9_999, "of a system that is out of order", 10);
        byte[] wrongMagic = order.clone();
        wrongMagic[0] = 7;
        List<byte @Nullable []> bad = new ArrayList<>();
        bad.add(Arrays.copyOfRange(order, 5, order.length)); // no header
        bad.add("{\"order_id\": 9999}".getBytes(StandardCharsets.UTF_8)); // no Avro
        bad.add(wrongMagic);
        bad.add(new Message(OrderSchema.FIRST, OTHERS_ID).order(9_999, "for another registry", 10));
        bad.add(Arrays.copyOf(order, order.length - 3)); // breaks off
        bad.add(Arrays.copyOf(order, order.length + 3)); // goes on
        bad.add(new byte[0]);
        bad.add(null); // a tombstone
        bad.add(orders.header()); // nothing but a header
        bad.add(payments.payment(1, 99.98)); // of another subject
        bad.add(orders.order(9_999, "for free", 0)); // does not meet the expectation
        return bad;
    }
}
