package io.millrace.examples.quickstart;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a shop's systems send, day by day, in order of arrival. Late, repeated and broken lines are among it. A day is always the same. */
final class OrderDays {

    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 2);
    private static final int ORDERS_A_DAY = 2_000;
    private static final int LONGEST_STORY_IN_DAYS = 5;

    private OrderDays() {}

    static LocalDate date(int day) {
        return FIRST_DAY.plusDays(day);
    }

    /** Returns what arrives on a day, counted from 0, of the orders of that day and of those before it. */
    static List<Arrival> arrivals(int day) {
        List<Arrival> arrivals = new ArrayList<>();
        for (int placed = day - LONGEST_STORY_IN_DAYS; placed <= day; placed++) {
            for (int number = 1; number <= ORDERS_A_DAY; number++) {
                long orderId = (placed + LONGEST_STORY_IN_DAYS + 1) * 10_000L + number;
                arrivals.addAll(new OrderStory(orderId).arrivals(start(placed)));
            }
        }
        arrivals.removeIf(
                arrival -> arrival.at().isBefore(start(day)) || !arrival.at().isBefore(start(day + 1)));
        arrivals.sort(Comparator.comparing(Arrival::at).thenComparing(Arrival::line));
        return arrivals;
    }

    private static Instant start(int day) {
        return date(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
