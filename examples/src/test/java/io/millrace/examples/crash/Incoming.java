package io.millrace.examples.crash;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Delivers files of events, late and broken ones among them, and knows what must become of them. */
final class Incoming {

    private static final int EVENTS_IN_A_FILE = 40;
    private static final int ORDERS = 60;
    private static final Instant FIRST = Instant.parse("2026-03-02T00:00:00Z");

    private final Path folder;
    private final Random random;
    private final List<Event> events = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final List<Map<Long, Event>> states = new ArrayList<>(List.of(Map.of()));

    Incoming(Path folder, Random random) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.random = random;
    }

    /** Delivers more files. Their times follow each other, so they are read in this order. */
    void deliver(int files) throws IOException {
        for (int i = 0; i < files; i++) {
            int number = states.size();
            Path draft = folder.resolve("." + number);
            Files.write(draft, lines());
            Files.setLastModifiedTime(draft, FileTime.from(FIRST.plusSeconds(number)));
            Files.move(draft, folder.resolve(number + ".jsonl"), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    int files() {
        return states.size() - 1;
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

    /** Returns what the table of orders must hold after each file: before the first, after the first, and so on. */
    List<Map<Long, Event>> states() {
        return Collections.unmodifiableList(states);
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        Map<Long, Event> state = new HashMap<>(states.get(states.size() - 1));
        for (int i = 0; i < EVENTS_IN_A_FILE; i++) {
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
        long age = random.nextInt(4) == 0 ? random.nextInt(5 * EVENTS_IN_A_FILE) : 0;
        long number = (id - age) * 1_000 + id % 1_000;
        BigDecimal price = BigDecimal.valueOf(random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(10_000), 2);
        return new Event(id, random.nextInt(ORDERS), number, price);
    }
}
