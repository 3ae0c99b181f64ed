package io.millrace.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * How long something took, round by round.
 *
 * @param values seconds; at least one
 */
record Seconds(List<Double> values) {

    Seconds {
        values = List.copyOf(values);
    }

    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%6.2f s (%.2f-%.2f)",
                median(),
                values.stream().mapToDouble(Double::doubleValue).min().orElse(0),
                values.stream().mapToDouble(Double::doubleValue).max().orElse(0));
    }
}
