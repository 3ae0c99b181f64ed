package io.millrace.continuousupdate;

import io.millrace.spi.Counts;
import io.millrace.spi.SchemaGrowth;
import io.millrace.spi.upsert.MergeOutcome.Merged;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of a batch. What the table did comes from its format's own figures of the commit.
 *
 * @param count what the batch was made of
 * @param passed what goes into the merge
 * @param samples keys that need a look
 * @param stored what incoming rows are compared with
 * @param growth the columns the table was given
 * @param phases how long each part took
 */
record UpsertReport(
        Winners.Count count,
        PolicyResult passed,
        SampleKeys samples,
        StoredOrdering stored,
        SchemaGrowth growth,
        UpsertTimings phases) {

    /**
     * Returns what became of the rows.
     *
     * @param changed how many winners changed the table. The others are called stale: older than the stored row, or a delete of a key that is not
     *     there
     */
    Counts counts(long changed) {
        long lost = count.rows() - passed.lettered() - passed.size();
        return new Counts(changed, 0, passed.lettered(), passed.size() - changed, lost);
    }

    /** Returns what became of the rows. A row may be counted twice where a task was tried twice; more than all winners cannot be. */
    Counts counts(Merged merged) {
        return counts(Math.min(passed.size(), merged.changed()));
    }

    /** Returns the figures of a batch of which nothing went into the merge. */
    Map<String, Object> details() {
        Map<String, Object> details = rows(counts(0));
        rest(details);
        return details;
    }

    /** Returns the figures of a batch that was merged. */
    Map<String, Object> details(Merged merged) {
        Map<String, Object> details = rows(counts(merged));
        details.put("inserted", merged.inserted());
        details.put("updated", merged.updated());
        details.put("deleted", merged.deleted());
        details.put("compared-with", stored.description());
        details.putAll(merged.files());
        details.put("pruning", count.range().description());
        rest(details);
        return details;
    }

    private Map<String, Object> rows(Counts counts) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("rows-in", count.rows());
        details.put("distinct-keys", count.keys());
        details.put("duplicates-collapsed", counts.collapsed());
        details.put("ties", count.ties());
        details.put("stale", counts.stale());
        details.put("null-ordering", count.unordered());
        details.put("null-key", count.keyless());
        details.put("dead-lettered", counts.deadLettered());
        return details;
    }

    private void rest(Map<String, Object> details) {
        samples(details, "null-key-samples", samples.keyless());
        samples(details, "null-ordering-samples", samples.unordered());
        samples(details, "tie-samples", samples.ties());
        samples(details, "columns-added", growth.added());
        phases.seconds().forEach((phase, seconds) -> details.put("seconds-" + phase, seconds));
    }

    private static void samples(Map<String, Object> details, String name, List<String> values) {
        if (!values.isEmpty()) {
            details.put(name, List.copyOf(values));
        }
    }
}
