package io.millrace.continuousupdate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What upserts did, in three lines for a person: what changed, what was left and why, what it cost.
 *
 * @param details the details of each batch, as {@link UpsertReport} gives them
 */
record UpsertSummary(List<Map<String, Object>> details) {

    List<String> lines() {
        return details.stream().allMatch(Map::isEmpty)
                ? List.of()
                : List.of("changed: " + changed(), "left: " + left(), "cost: " + cost());
    }

    private String changed() {
        return number("inserted") + " inserted, " + number("updated") + " updated, " + number("deleted") + " deleted";
    }

    private String left() {
        List<String> left = new ArrayList<>();
        add(left, "duplicates-collapsed", "collapsed (newer in the batch)");
        add(left, "stale", "stale (newer in the table)");
        add(left, "null-key", "without a key");
        add(left, "null-ordering", "without an order");
        return left.isEmpty() ? "nothing" : String.join(", ", left);
    }

    private String cost() {
        double seconds = details.stream()
                .flatMap(batch -> batch.entrySet().stream())
                .filter(detail -> detail.getKey().startsWith("seconds-"))
                .mapToDouble(detail -> ((Number) detail.getValue()).doubleValue())
                .sum();
        String time = String.format(Locale.ROOT, "%.1f s", seconds);
        String of = details.size() == 1 && sum("files-in-table") > 0 ? " of " + number("files-in-table") : "";
        return time + ", " + number("files-rewritten") + of + " files rewritten, " + number("files-added") + " added";
    }

    private void add(List<String> left, String name, String why) {
        if (sum(name) > 0) {
            left.add(number(name) + " " + why);
        }
    }

    private String number(String name) {
        return String.format(Locale.ROOT, "%,d", sum(name));
    }

    private long sum(String name) {
        return details.stream()
                .map(batch -> batch.get(name))
                .filter(Objects::nonNull)
                .mapToLong(figure -> ((Number) figure).longValue())
                .sum();
    }
}
