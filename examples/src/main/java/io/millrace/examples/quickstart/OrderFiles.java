package io.millrace.examples.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The files in which a shop's systems deliver their orders: four a day, JSON lines, in order of arrival. Late, repeated and broken lines are among
 * them. A day's files are always the same.
 */
final class OrderFiles {

    private static final String PREFIX = "orders-";
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 2);
    private static final int FILES_A_DAY = 4;
    private static final Duration PERIOD = Duration.ofDays(1).dividedBy(FILES_A_DAY);
    private static final int ORDERS_A_DAY = 2_000;
    private static final int LONGEST_STORY_IN_DAYS = 5;

    private final Path folder;

    OrderFiles(Path folder) {
        this.folder = folder;
    }

    /** Returns how many days have been delivered. */
    int days() throws IOException {
        return files().size() / FILES_A_DAY;
    }

    /** Returns the files that have been delivered, in their order. */
    List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .sorted()
                    .toList();
        }
    }

    /** Delivers the files of a day; each appears whole or not at all, and they are read in the order of their times. */
    List<Path> deliver(int day) throws IOException {
        Files.createDirectories(folder);
        List<Arrival> arrivals = arrivals(day);
        List<Path> files = new ArrayList<>();
        Instant now = Instant.now();
        for (int i = 0; i < FILES_A_DAY; i++) {
            Instant from = start(day).plus(PERIOD.multipliedBy(i));
            Instant to = from.plus(PERIOD);
            List<String> lines = arrivals.stream()
                    .filter(arrival ->
                            !arrival.at().isBefore(from) && arrival.at().isBefore(to))
                    .map(Arrival::line)
                    .toList();
            files.add(write(name(day, i), lines, now.plusMillis(i)));
        }
        return files;
    }

    static LocalDate date(int day) {
        return FIRST_DAY.plusDays(day);
    }

    /** What arrives on a day, of the orders of that day and of those before it. */
    private static List<Arrival> arrivals(int day) {
        List<Arrival> arrivals = new ArrayList<>();
        for (int placed = day - LONGEST_STORY_IN_DAYS; placed <= day; placed++) {
            for (int number = 1; number <= ORDERS_A_DAY; number++) {
                long orderId = (placed + LONGEST_STORY_IN_DAYS + 1) * 10_000L + number;
                arrivals.addAll(new OrderStory(orderId).arrivals(start(placed)));
            }
        }
        arrivals.removeIf(arrival -> arrival.at().isBefore(start(day)));
        arrivals.sort(Comparator.comparing(Arrival::at).thenComparing(Arrival::line));
        return arrivals;
    }

    private Path write(String name, List<String> lines, Instant modified) throws IOException {
        Path draft = folder.resolve("." + name);
        Files.writeString(draft, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        Files.setLastModifiedTime(draft, FileTime.from(modified));
        return Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String name(int day, int index) {
        return String.format(Locale.ROOT, PREFIX + "%s-%02dh.jsonl", date(day), PERIOD.toHours() * index);
    }

    private static Instant start(int day) {
        return date(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
