package io.millrace.examples.quickstart;

import io.millrace.broker.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The topic to which a shop's systems send their orders, with the order's id as the key. It has one partition, so how much of which day is there
 * can be told from the number of records: a day that was not sent to its end, because somebody killed the demo, is completed.
 */
final class OrderTopic {

    static final String NAME = "orders";

    private final KafkaBroker broker;

    OrderTopic(KafkaBroker broker) {
        this.broker = broker;
    }

    /** What was sent. */
    record Sent(LocalDate day, int records) {}

    /** Sends the next day, or what is missing of the last one. Makes the topic where it is not there. */
    Sent sendNextDay() {
        long sent = records();
        int day = 0;
        List<Arrival> arrivals = OrderDays.arrivals(day);
        while (sent >= arrivals.size()) {
            sent -= arrivals.size();
            arrivals = OrderDays.arrivals(++day);
        }
        List<Arrival> rest = arrivals.subList((int) sent, arrivals.size());
        broker.send(rest.stream().map(OrderTopic::record).toList());
        return new Sent(OrderDays.date(day), rest.size());
    }

    private long records() {
        if (!broker.topics().contains(NAME)) {
            broker.createTopic(NAME, 1, Map.of("retention.ms", "-1"));
        }
        return broker.endOffset(NAME, 0);
    }

    private static ProducerRecord<byte[], byte[]> record(Arrival arrival) {
        return new ProducerRecord<>(NAME, bytes(Long.toString(arrival.orderId())), bytes(arrival.line()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
