package io.millrace.spi;

import io.millrace.spi.Slice.Window;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text that names a slice: its parts, such as {@code date=2024-01-03, partitions=0,3}. */
final class SliceText {

    private static final String ALL = "all";
    private static final String BETWEEN = ", ";
    private static final String DATE = "date=";
    private static final String PARTITIONS = "partitions=";
    private static final String WINDOW = "window=";
    private static final String VALUES = "values=";

    private SliceText() {}

    static String of(Slice slice) {
        List<String> parts = new ArrayList<>();
        if (slice.runDate() != null) {
            parts.add(DATE + slice.runDate());
        }
        if (!slice.partitions().isEmpty()) {
            parts.add(PARTITIONS
                    + slice.partitions().stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        if (slice.window() != null) {
            parts.add(WINDOW + slice.window());
        }
        if (!slice.values().equals(PartitionValues.NONE)) {
            parts.add(VALUES + slice.values());
        }
        return parts.isEmpty() ? ALL : String.join(BETWEEN, parts);
    }

    /** The values come last and are all of the rest, as they may hold any text. */
    static Slice parse(String text) {
        if (text.equals(ALL)) {
            return Slice.ALL;
        }
        int values = text.startsWith(VALUES) ? 0 : text.indexOf(BETWEEN + VALUES);
        String before = values < 0 ? text : text.substring(0, values);
        PartitionValues partition = values < 0
                ? PartitionValues.NONE
                : PartitionValues.parse(text.substring(text.indexOf(VALUES, values) + VALUES.length()));
        @Nullable LocalDate date = null;
        List<Integer> partitions = List.of();
        @Nullable Window window = null;
        try {
            for (String part : values == 0 ? new String[0] : before.split(BETWEEN)) {
                if (part.startsWith(DATE)) {
                    date = LocalDate.parse(part.substring(DATE.length()));
                } else if (part.startsWith(PARTITIONS)) {
                    partitions = Arrays.stream(
                                    part.substring(PARTITIONS.length()).split(","))
                            .map(Integer::valueOf)
                            .toList();
                } else if (part.startsWith(WINDOW)) {
                    window = window(part.substring(WINDOW.length()));
                } else {
                    throw new IllegalArgumentException("unknown part");
                }
            }
        } catch (DateTimeException | IllegalArgumentException wrong) {
            throw new IllegalArgumentException("\"" + text + "\" names no slice: " + wrong.getMessage(), wrong);
        }
        return new Slice(date, partitions, window, partition);
    }

    private static Window window(String text) {
        String[] parts = text.split("/", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("a window has a length");
        }
        return new Window(LocalDateTime.parse(parts[0]), Duration.parse(parts[1]));
    }
}
