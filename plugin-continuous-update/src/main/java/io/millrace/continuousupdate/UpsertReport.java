package io.millrace.continuousupdate;

import io.millrace.spi.Counts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of a batch that was merged. What the table did comes from Delta's own figures of the commit.
 *
 * @param count what the batch was made of
 * @param admission what went into the merge
 * @param merged what came of it
 */
record UpsertReport(Winners.Count count, Admission admission, CommitFate.Merged merged) {

    Counts counts() {
        return counts(count, admission, changed());
    }

    /**
     * Returns what became of the rows.
     *
     * @param changed how many winners changed the table. The others are called stale: older than the stored row, or a delete of a key that is not
     *     there
     */
    static Counts counts(Winners.Count count, Admission admission, long changed) {
        long lost = count.rows() - admission.lettered() - admission.size();
        return new Counts(changed, 0, admission.lettered(), admission.size() - changed, lost);
    }

    Map<String, Object> details(StoredOrdering stored, SchemaGrowth growth, Phases phases) {
        Counts counts = counts();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("rows-in", count.rows());
        details.put("distinct-keys", count.keys());
        details.put("duplicates-collapsed", counts.collapsed());
        details.put("ties", count.ties());
        details.put("stale", counts.stale());
        details.put("null-ordering", count.unordered());
        details.put("null-key", count.keyless());
        details.put("inserted", inserted());
        details.put("updated", updated());
        details.put("deleted", deleted());
        details.put("dead-lettered", counts.deadLettered());
        details.put("compared-with", stored.description());
        figure(details, "files-in-table", "numTargetFilesBeforeSkipping");
        figure(details, "files-candidate", "numTargetFilesAfterSkipping");
        details.put("files-rewritten", merged.commit().metric("numTargetFilesRemoved"));
        details.put("files-added", merged.commit().metric("numTargetFilesAdded"));
        if (!growth.added().isEmpty()) {
            details.put("columns-added", List.copyOf(growth.added()));
        }
        phases.seconds().forEach((phase, seconds) -> details.put("seconds-" + phase, seconds));
        return details;
    }

    private void figure(Map<String, Object> details, String name, String metric) {
        Long value = merged.figures().get(metric);
        if (value != null) {
            details.put(name, value);
        }
    }

    /** Delta counts a row twice where a task was tried twice; more than all winners cannot be. */
    private long changed() {
        return Math.min(admission.size(), inserted() + updated() + deleted());
    }

    private long inserted() {
        return merged.commit().metric("numTargetRowsInserted");
    }

    private long updated() {
        return merged.commit().metric("numTargetRowsUpdated");
    }

    private long deleted() {
        return merged.commit().metric("numTargetRowsDeleted");
    }
}
