package io.millrace.spi;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which part of its input a run takes. Steps see it as SQL parameters, never as pasted text: {@code :run_date} (DATE), {@code :window_start}
 * and {@code :window_end} (TIMESTAMP, the end excluded, UTC), {@code :partitions} (ARRAY of INT).
 *
 * @param runDate a date, or null
 * @param partitions partitions of the source, ascending; empty for all of them
 * @param window a time window, or null
 */
public record Slice(@Nullable LocalDate runDate, List<Integer> partitions, @Nullable Window window) {

    /** The parts a slice may have. */
    public enum Part {
        /** A date. */
        DATE,
        /** Partitions of the source. */
        PARTITIONS,
        /** A span of time. */
        WINDOW;

        /** Returns its SQL parameters, by which a query takes it into account. */
        public List<String> parameters() {
            return switch (this) {
                case DATE -> List.of("run_date");
                case PARTITIONS -> List.of("partitions");
                case WINDOW -> List.of("window_start", "window_end");
            };
        }

        /** Returns its name, which is that of its option on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The names of all parameters a run may have. */
    public static final Set<String> PARAMETERS = Arrays.stream(Part.values())
            .flatMap(part -> part.parameters().stream())
            .collect(Collectors.toUnmodifiableSet());

    /** All of the input. */
    public static final Slice ALL = new Slice(null, List.of(), null);

    /**
     * A span of time.
     *
     * @param start the first moment
     * @param length positive
     */
    public record Window(LocalDateTime start, Duration length) {
        /** Refuses a length that is not positive. */
        public Window {
            if (length.isNegative() || length.isZero()) {
                throw new IllegalArgumentException("the length of a window must be positive");
            }
        }

        /** Returns the first moment after the window. */
        public LocalDateTime end() {
            return start.plus(length);
        }

        @Override
        public String toString() {
            return start + "/" + length;
        }
    }

    /** Sorts the partitions. */
    public Slice {
        partitions = partitions.stream().sorted().distinct().toList();
    }

    /** The slice of a date. */
    public static Slice of(LocalDate date) {
        return new Slice(date, List.of(), null);
    }

    /** Returns which parts it has; none for all of the input. */
    public Set<Part> parts() {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        if (runDate != null) {
            parts.add(Part.DATE);
        }
        if (!partitions.isEmpty()) {
            parts.add(Part.PARTITIONS);
        }
        if (window != null) {
            parts.add(Part.WINDOW);
        }
        return parts;
    }

    /** Returns the date, where there is one. */
    public Optional<LocalDate> date() {
        return Optional.ofNullable(runDate);
    }

    /** Returns the SQL parameters by name, as Java values that Spark takes. */
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (runDate != null) {
            parameters.put("run_date", runDate);
        }
        if (!partitions.isEmpty()) {
            parameters.put("partitions", partitions.toArray(Integer[]::new));
        }
        if (window != null) {
            parameters.put("window_start", utc(window.start()));
            parameters.put("window_end", utc(window.end()));
        }
        return parameters;
    }

    /** Returns the slice as the command line writes it; {@code all} for all of the input. */
    @Override
    public String toString() {
        Map<String, Object> parts = new LinkedHashMap<>();
        if (runDate != null) {
            parts.put("date", runDate);
        }
        if (!partitions.isEmpty()) {
            parts.put("partitions", partitions.toString().replaceAll("[\\[\\] ]", ""));
        }
        if (window != null) {
            parts.put("window", window);
        }
        return parts.isEmpty() ? "all" : parts.toString().replaceAll("[{}]", "");
    }

    private static Instant utc(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC);
    }
}
