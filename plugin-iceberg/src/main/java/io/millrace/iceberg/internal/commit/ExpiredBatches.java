package io.millrace.iceberg.internal.commit;

import dev.failsafe.Failsafe;
import io.millrace.iceberg.internal.table.IcebergConflicts;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.spi.BatchId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;

/**
 * Batches whose snapshots have expired, as properties of the table: a run that is resumed later still finds that they are there. Streams are left
 * out, of which the table knows the last batch anyway. Only so many are kept, those of the newest snapshots, because each version of the table
 * repeats all properties.
 */
public final class ExpiredBatches {

    private static final String BATCH = "millrace.expired.";
    private static final int KEPT = 1000;

    private ExpiredBatches() {}

    /** Notes the batches of snapshots that are about to expire. May be done again, and by several at once. */
    public static void remember(Table table, Collection<Snapshot> snapshots) {
        Map<String, String> noted = new TreeMap<>();
        for (Snapshot snapshot : snapshots) {
            BatchSnapshots.byKey(snapshot).forEach((key, batch) -> {
                if (!BatchSnapshots.ofKnownStream(table, key)) {
                    noted.put(BATCH + key, Instant.ofEpochMilli(snapshot.timestampMillis()) + " " + batch);
                }
            });
        }
        if (!noted.isEmpty()) {
            Failsafe.with(IcebergConflicts.retried(CommitRetries.STANDARD)).run(() -> set(table, noted));
        }
    }

    private static void set(Table table, Map<String, String> noted) {
        table.refresh();
        Map<String, String> all = new TreeMap<>(noted);
        table.properties().forEach((key, value) -> {
            if (key.startsWith(BATCH)) {
                all.put(key, value);
            }
        });
        List<String> newestFirst = all.entrySet().stream()
                .sorted(Map.Entry.<String, String>comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
        Set<String> kept = new HashSet<>(newestFirst.subList(0, Math.min(KEPT, newestFirst.size())));
        UpdateProperties update = table.updateProperties();
        noted.forEach((key, value) -> {
            if (kept.contains(key)) {
                update.set(key, value);
            }
        });
        table.properties().keySet().stream()
                .filter(key -> key.startsWith(BATCH) && !kept.contains(key))
                .forEach(update::remove);
        update.commit();
    }

    static boolean contains(Table table, BatchId batch) {
        return table.properties().getOrDefault(BATCH + batch.key(), "").endsWith(" " + batch);
    }

    /** Returns the batches that are noted, as {@link BatchId#toString()}. */
    static Stream<String> of(Table table) {
        return table.properties().entrySet().stream()
                .filter(property -> property.getKey().startsWith(BATCH))
                .map(property ->
                        property.getValue().substring(property.getValue().indexOf(' ') + 1));
    }
}
