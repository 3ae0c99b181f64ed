package io.millrace.run;

import io.millrace.spi.Counts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the rows that reached an output.
 *
 * @param model the model that was written
 * @param rowsIn rows the output was given, before expectations
 * @param counts what became of them; the sum is {@code rowsIn}
 * @param replayed batches an earlier attempt had committed; their rows are in no other number
 * @param commits names of the commits, in the target's own words
 * @param expectations by name, how many rows did not meet them
 * @param details figures of the sink for each batch, by name
 * @param warnings what went wrong without harm
 */
public record OutputNumbers(
        String model,
        long rowsIn,
        Counts counts,
        long replayed,
        List<String> commits,
        Map<String, Long> expectations,
        List<Map<String, Object>> details,
        List<String> warnings) {

    private static final int KEPT = 20;

    /** Copies the collections; of a long stream the latest commits and details are kept. */
    public OutputNumbers {
        commits = latest(commits);
        details = latest(details);
        warnings = latest(warnings);
        expectations = Collections.unmodifiableMap(new LinkedHashMap<>(expectations));
    }

    OutputNumbers plus(OutputNumbers other) {
        Map<String, Long> sums = new LinkedHashMap<>(expectations);
        other.expectations.forEach((name, rows) -> sums.merge(name, rows, Long::sum));
        return new OutputNumbers(
                model,
                rowsIn + other.rowsIn,
                counts.plus(other.counts),
                replayed + other.replayed,
                joined(commits, other.commits),
                sums,
                joined(details, other.details),
                joined(warnings, other.warnings));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static <T> List<T> latest(List<T> all) {
        return List.copyOf(all.subList(Math.max(0, all.size() - KEPT), all.size()));
    }
}
