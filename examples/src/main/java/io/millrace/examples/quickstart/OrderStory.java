package io.millrace.examples.quickstart;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The life of one order, and how the news of it travels. The same for the same id, whatever else is generated. */
final class OrderStory {

    private static final long SEED = 20260302;

    private final long orderId;
    private final Random random;

    OrderStory(long orderId) {
        this.orderId = orderId;
        this.random = new Random(SEED * 1_000_003 + orderId * 7_919);
    }

    /** Returns what arrives because of an order that is placed on that day. */
    List<Arrival> arrivals(Instant day) {
        List<Arrival> arrivals = new ArrayList<>();
        for (OrderEvent event : events(day)) {
            String line = travelled(event);
            Instant arrived = event.updatedAt().plus(delay());
            arrivals.add(new Arrival(arrived, orderId, line));
            if (chance(0.02)) { // sent again, as nobody confirmed the first one
                arrivals.add(
                        new Arrival(arrived.plus(between(Duration.ofSeconds(1), Duration.ofHours(8))), orderId, line));
            }
        }
        return arrivals;
    }

    private List<OrderEvent> events(Instant day) {
        String customer = Customers.ids().get(random.nextInt(Customers.ids().size()));
        BigDecimal price = BigDecimal.valueOf(500 + random.nextInt(45_000), 2);
        List<OrderEvent> events = new ArrayList<>();
        Instant at = day.plus(between(Duration.ZERO, Duration.ofDays(1)));
        events.add(new OrderEvent(orderId, customer, "placed", price, at));
        if (chance(0.08)) {
            at = at.plus(between(Duration.ofMinutes(1), Duration.ofHours(3)));
            events.add(new OrderEvent(orderId, customer, "cancelled", price, at));
            return events;
        }
        if (chance(0.1)) {
            price = price.subtract(BigDecimal.valueOf(200, 2));
        }
        at = at.plus(between(Duration.ofMinutes(1), Duration.ofHours(1)));
        events.add(new OrderEvent(orderId, customer, "paid", price, at));
        at = at.plus(between(Duration.ofHours(2), Duration.ofHours(12)));
        events.add(new OrderEvent(orderId, customer, "shipped", price, at));
        at = at.plus(between(Duration.ofHours(12), Duration.ofHours(40)));
        events.add(new OrderEvent(orderId, customer, "delivered", price, at));
        return events;
    }

    /** Most lines arrive as they were sent; a till loses a price now and then, and a bad connection the end of a line. */
    private String travelled(OrderEvent event) {
        double fate = random.nextDouble();
        if (fate < 0.004) {
            return new OrderEvent(event.orderId(), event.customer(), event.status(), BigDecimal.ZERO, event.updatedAt())
                    .json();
        }
        String line = event.json();
        if (fate < 0.006) {
            return line.substring(0, 20 + random.nextInt(line.length() - 30));
        }
        return fate < 0.007 ? line.replaceFirst("\"price\":[0-9.]+", "\"price\":\"on request\"") : line;
    }

    private Duration delay() {
        return chance(0.03)
                ? between(Duration.ofHours(2), Duration.ofHours(30))
                : between(Duration.ZERO, Duration.ofMinutes(2));
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }

    private Duration between(Duration from, Duration to) {
        return from.plusSeconds((long) (random.nextDouble() * to.minus(from).toSeconds()));
    }
}
