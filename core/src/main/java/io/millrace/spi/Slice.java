package io.millrace.spi;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
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
 * and {@code :window_end} (TIMESTAMP, the end excluded, UTC), {@code :partitions} (ARRAY of INT), and the values of partition columns by the names of
 * these (STRING, which Spark compares with a column of any type).
 *
 * @param runDate a date, or null
 * @param partitions partitions of the source, ascending; empty for all of them
 * @param window a time window, or null
 * @param values one partition of a table; {@link PartitionValues#NONE} for all of them
 */
public record Slice(
        @Nullable LocalDate runDate, List<Integer> partitions, @Nullable Window window, PartitionValues values)
        implements Comparable<Slice> {

    /** The parts a slice may have. */
    public enum Part {
        /** A date. */
        DATE,
        /** Partitions of the source. */
        PARTITIONS,
        /** A span of time. */
        WINDOW,
        /** Values of partition columns. */
        VALUES;

        /** Returns its SQL parameters, by which a query takes it into account; those of values are the columns, which each slice has its own of. */
        public List<String> parameters() {
            return switch (this) {
                case DATE -> List.of("run_date");
                case PARTITIONS -> List.of("partitions");
                case WINDOW -> List.of("window_start", "window_end");
                case VALUES -> List.of();
            };
        }

        /** Returns its name, which is that of its option on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The names of the parameters that any run may have, whatever its input is partitioned by. */
    public static final Set<String> PARAMETERS = Arrays.stream(Part.values())
            .flatMap(part -> part.parameters().stream())
            .collect(Collectors.toUnmodifiableSet());

    /** All of the input. */
    public static final Slice ALL = new Slice(null, List.of(), null);

    private static final Comparator<Slice> ORDER = Comparator.<Slice, LocalDate>comparing(
                    slice -> slice.runDate == null ? LocalDate.MIN : slice.runDate)
            .thenComparing(Slice::values)
            .thenComparing(slice -> slice.window == null ? LocalDateTime.MIN : slice.window.start())
            .thenComparing(Slice::toString);

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

    /** A slice without values of partition columns. */
    public Slice(@Nullable LocalDate runDate, List<Integer> partitions, @Nullable Window window) {
        this(runDate, partitions, window, PartitionValues.NONE);
    }

    /** The slice of a date. */
    public static Slice of(LocalDate date) {
        return new Slice(date, List.of(), null);
    }

    /** The slice of one partition of a table. */
    public static Slice of(PartitionValues partition) {
        return new Slice(null, List.of(), null, partition);
    }

    /**
     * Reads the text that {@link #toString} makes.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static Slice parse(String text) {
        return SliceText.parse(text);
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
        if (!values.equals(PartitionValues.NONE)) {
            parts.add(Part.VALUES);
        }
        return parts;
    }

    /** Returns the date, where there is one. */
    public Optional<LocalDate> date() {
        return Optional.ofNullable(runDate);
    }

    /** Returns the SQL parameters by name, as Java values that Spark takes. */
    public Map<String, @Nullable Object> parameters() {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
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
        values.values().forEach((column, value) -> parameters.put(column, value.orElse(null)));
        return parameters;
    }

    /** By date, then by the values of partition columns, then by the rest. */
    @Override
    public int compareTo(Slice other) {
        return ORDER.compare(this, other);
    }

    /** Returns the slice as people call it: {@code 2024-01-03}, {@code event_time=2024-01-03/region=eu}, and else its whole text. */
    public String name() {
        Set<Part> parts = parts();
        if (parts.equals(Set.of(Part.DATE))) {
            return String.valueOf(runDate);
        }
        return parts.equals(Set.of(Part.VALUES)) ? values.toString() : toString();
    }

    /** Returns the slice as a text that names it everywhere, such as {@code date=2024-01-03}; {@code all} for all of the input. */
    @Override
    public String toString() {
        return SliceText.of(this);
    }

    private static Instant utc(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC);
    }
}
