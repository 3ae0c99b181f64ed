package io.millrace.spi;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One partition of a table: a value for each of some partition columns, as texts, which are dates as {@code 2024-01-02} and numbers as Spark writes
 * them. Two are in the order of their columns: numbers as numbers, 2 before 10, and all else as text, so that dates are in the order of time; a null is
 * before any value.
 *
 * @param values column to value, in the order of the columns; empty for the partition of rows without a value
 */
public record PartitionValues(Map<String, Optional<String>> values) implements Comparable<PartitionValues> {

    /** No partition in particular. */
    public static final PartitionValues NONE = new PartitionValues(Map.of());

    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";
    private static final String ESCAPED = "\"#%'*/:=?\\{[]^\u007f";

    /** Copies the map. */
    public PartitionValues {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Reads the text that {@link #toString} makes.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static PartitionValues parse(String text) {
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        for (String part : text.split("/", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" does not name a partition, such as event_time=2024-01-02/region=eu");
            }
            String value = part.substring(equals + 1);
            Optional<String> read = value.equals(NULL) ? Optional.empty() : Optional.of(unescaped(value));
            if (values.put(unescaped(part.substring(0, equals)), read) != null) {
                throw new IllegalArgumentException("\"" + text + "\" names a column twice");
            }
        }
        return new PartitionValues(values);
    }

    /** Returns the value of a column; empty where it is null, or the column is not among them. */
    public Optional<String> value(String column) {
        return values.getOrDefault(column, Optional.empty());
    }

    /** Returns the first of its values, by which partitions are earlier or later than others; empty where it is null. */
    public Optional<String> first() {
        return values.values().stream().findFirst().flatMap(value -> value);
    }

    @Override
    public int compareTo(PartitionValues other) {
        Iterator<Optional<String>> theirs = other.values.values().iterator();
        for (Optional<String> mine : values.values()) {
            int order = theirs.hasNext() ? compare(mine, theirs.next()) : 1;
            if (order != 0) {
                return order;
            }
        }
        return theirs.hasNext() ? -1 : 0;
    }

    /** Compares two values of a column: nulls first, then numbers, then texts. */
    public static int compare(Optional<String> one, Optional<String> other) {
        return one.isEmpty() || other.isEmpty()
                ? Boolean.compare(one.isPresent(), other.isPresent())
                : compare(one.get(), other.get());
    }

    private static int compare(String one, String other) {
        Optional<BigDecimal> number = number(one);
        Optional<BigDecimal> otherNumber = number(other);
        if (number.isPresent() && otherNumber.isPresent()) {
            int order = number.get().compareTo(otherNumber.get());
            return order == 0 ? one.compareTo(other) : order;
        }
        return number.isPresent() == otherNumber.isPresent()
                ? one.compareTo(other)
                : Boolean.compare(otherNumber.isPresent(), number.isPresent());
    }

    private static Optional<BigDecimal> number(String value) {
        return value.matches("-?\\d+(\\.\\d+)?") ? Optional.of(new BigDecimal(value)) : Optional.empty();
    }

    /** Returns {@code event_time=2024-01-02/region=eu}, with characters that a folder's name cannot have escaped as in folders of partitions. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(each -> escaped(each.getKey()) + "="
                        + each.getValue().map(PartitionValues::escaped).orElse(NULL))
                .collect(Collectors.joining("/"));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each < ' ' || ESCAPED.indexOf(each) >= 0) {
                escaped.append(String.format("%%%02X", (int) each));
            } else {
                escaped.append(each);
            }
        }
        return escaped.toString();
    }

    private static String unescaped(String text) {
        return Objects.requireNonNull(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
}
