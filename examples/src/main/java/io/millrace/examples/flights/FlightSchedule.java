package io.millrace.examples.flights;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Invented flights between real airports: the same ones at every call. */
final class FlightSchedule {

    private static final long SEED = 31;
    private static final int FLIGHTS = 5_000;
    private static final int DAYS = 90;
    private static final LocalDateTime START = LocalDateTime.of(2001, 1, 1, 0, 0);
    private static final List<String> AIRPORTS =
            List.of("ATL", "BOS", "DEN", "DFW", "JFK", "LAX", "MIA", "ORD", "PHX", "SEA", "SFO", "SLC");

    private FlightSchedule() {}

    /**
     * Returns the flights in order of departure. Some routes have two in one minute, with equal or with different delays, also as their latest
     * ones.
     */
    static List<Flight> flights() {
        Random random = new Random(SEED);
        List<Flight> flights = new ArrayList<>();
        while (flights.size() < FLIGHTS) {
            Flight flight = flight(random);
            flights.add(flight);
            if (random.nextInt(50) == 0) {
                flights.add(flight);
            }
            if (random.nextInt(50) == 0) {
                flights.add(new Flight(
                        flight.date(), delay(random), flight.distance(), flight.origin(), flight.destination()));
            }
        }
        Flight latest = new Flight(START.plusDays(DAYS), 5, 2_475, "JFK", "LAX");
        flights.add(latest);
        flights.add(new Flight(latest.date(), 41, 2_475, "JFK", "LAX"));
        flights.add(new Flight(latest.date(), -3, 2_475, "JFK", "LAX"));
        flights.sort(Comparator.comparing(Flight::date));
        return flights;
    }

    private static Flight flight(Random random) {
        int origin = random.nextInt(AIRPORTS.size());
        int destination = (origin + 1 + random.nextInt(AIRPORTS.size() - 1)) % AIRPORTS.size();
        LocalDateTime date = START.plusMinutes(random.nextInt(DAYS * 24 * 60));
        long distance = 200 + 217L * Math.abs(origin - destination);
        return new Flight(date, delay(random), distance, AIRPORTS.get(origin), AIRPORTS.get(destination));
    }

    private static long delay(Random random) {
        return random.nextInt(10) == 0 ? random.nextInt(240) : random.nextInt(40) - 20;
    }
}
