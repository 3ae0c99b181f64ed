package io.millrace.examples.nytaxi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The rides of half a year, the same at every call, as small files of JSON lines. */
final class Rides {

    /** How many rides each vendor has. */
    static final int OF_VENDOR_ONE = 437;

    static final int OF_VENDOR_TWO = 763;

    /** How many rides took longer than was reported at first. */
    static final int CORRECTED = 25;

    private static final Instant FIRST_DAY = Instant.parse("2016-01-01T00:00:00Z");
    private static final int DAYS = 182; // to the end of June
    private static final int RIDES_A_FILE = 100;

    private Rides() {}

    /** Returns the rides of both vendors, mixed. */
    static List<Ride> all() {
        Random random = new Random(2016);
        List<Integer> vendors = new ArrayList<>();
        IntStream.range(0, OF_VENDOR_ONE).forEach(each -> vendors.add(1));
        IntStream.range(0, OF_VENDOR_TWO).forEach(each -> vendors.add(2));
        List<Ride> rides = new ArrayList<>();
        while (!vendors.isEmpty()) {
            int vendor = vendors.remove(random.nextInt(vendors.size()));
            rides.add(new Ride(
                    String.format("id%07d", 1_000_000 + rides.size()),
                    vendor,
                    FIRST_DAY.toEpochMilli()
                            + (long)
                                    (random.nextDouble() * Duration.ofDays(DAYS).toMillis()),
                    60 + random.nextInt(3_000),
                    1 + random.nextInt(6),
                    Ride.Place.random(random),
                    Ride.Place.random(random),
                    random.nextInt(20) == 0));
        }
        return rides;
    }

    /** Returns rides that took an hour longer than was reported, and one that was not reported at all. */
    static List<Ride> corrections() {
        List<Ride> rides = all();
        List<Ride> corrections = new ArrayList<>();
        for (int i = 0; i < CORRECTED; i++) {
            Ride ride = rides.get(i * 40);
            corrections.add(ride.lasting(ride.seconds() + 3_600));
        }
        Ride last = rides.get(rides.size() - 1);
        corrections.add(new Ride("id9999999", 2, last.pickedUp(), 600, 2, last.from(), last.to(), true));
        return corrections;
    }

    /** Writes rides into a folder, a hundred to a file. */
    static void write(List<Ride> rides, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int from = 0; from < rides.size(); from += RIDES_A_FILE) {
            List<String> lines = rides.subList(from, Math.min(rides.size(), from + RIDES_A_FILE)).stream()
                    .map(Ride::json)
                    .toList();
            Files.write(folder.resolve(String.format("rides-%03d.json", from / RIDES_A_FILE)), lines);
        }
    }
}
