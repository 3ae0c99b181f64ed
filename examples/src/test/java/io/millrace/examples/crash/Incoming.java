package io.millrace.examples.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Delivers events, late and broken ones among them, and knows what must become of them. */
final class Incoming {

    private static final int EVENTS_AT_ONCE = 40;
    private static final int ORDERS = 60;

    private final DeliveryCheck delivery;
    private final Random random;
    private final List<Event> events = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final List<Map<Long, Event>> states = new ArrayList<>(List.of(Map.of()));

    Incoming(DeliveryCheck delivery, Random random) {
        this.delivery = delivery;
        this.random = random;
    }

    /** Delivers events so many times. */
    void deliver(int times) {
        for (int i = 0; i < times; i++) {
            int number = states.size();
            try {
                delivery.deliver(number, lines());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /** Returns what the table of orders must hold in the end. */
    Map<Long, Event> lastState() {
        return states.get(states.size() - 1);
    }

    /** Returns the events that meet the expectation. */
    List<Event> good() {
        return events.stream().filter(Event::good).toList();
    }

    /** Returns the ids of the events that do not. */
    List<Event> bad() {
        return events.stream().filter(event -> !event.good()).toList();
    }

    /** Returns the lines that cannot be decoded. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    /** Returns what the table of orders must hold after each delivery: before the first, after the first, and so on. */
    List<Map<Long, Event>> states() {
        return Collections.unmodifiableList(states);
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        Map<Long, Event> state = new HashMap<>(lastState());
        for (int i = 0; i < EVENTS_AT_ONCE; i++) {
            Event event = event();
            events.add(event);
            lines.add(event.json());
            if (event.good()) {
                state.merge(event.orderId(), event, (old, young) -> young.number() > old.number() ? young : old);
            }
        }
        String stump = "{\"event_id\":" + (1_000_000 + broken.size());
        broken.add(stump);
        lines.add(random.nextInt(lines.size()), stump);
        states.add(Map.copyOf(state));
        return lines;
    }

    /** Numbers grow with time, but one event in four is late. */
    private Event event() {
        long id = events.size() + 1L;
        long age = random.nextInt(4) == 0 ? random.nextInt(5 * EVENTS_AT_ONCE) : 0;
        long number = (id - age) * 1_000 + id % 1_000;
        BigDecimal price = BigDecimal.valueOf(random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(10_000), 2);
        return new Event(id, random.nextInt(ORDERS), number, price);
    }
}
