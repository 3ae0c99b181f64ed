package io.millrace.spi;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** The names of all parameters a run may have. */
    public static final Set<String> PARAMETERS = Set.of("run_date", "partitions", "window_start", "window_end");

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
