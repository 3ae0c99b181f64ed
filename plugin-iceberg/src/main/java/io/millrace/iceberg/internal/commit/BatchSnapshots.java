package io.millrace.iceberg.internal.commit;

import io.millrace.spi.BatchId;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a table remembers of the batches that were committed to it: the summary of a snapshot names those it holds. Snapshots expire; the last batch
 * of a stream is also a property of the table, which stays.
 */
public final class BatchSnapshots {

    private static final String BATCH = "millrace.batch.";
    private static final String LAST = "millrace.last.";

    private BatchSnapshots() {}

    /** Returns the property of a snapshot's summary that says it holds a batch. */
    public static String key(BatchId batch) {
        return BATCH + batch.key();
    }

    /** Returns the property of a table that names the last batch of a stream; empty for a batch run, which is one of many. */
    static Optional<Map.Entry<String, String>> last(BatchId batch, RunMode mode) {
        return mode == RunMode.STREAM
                ? Optional.of(Map.entry(LAST + stream(batch), batch.toString()))
                : Optional.empty();
    }

    /** Returns the snapshots of a branch, the newest first. */
    public static Stream<Snapshot> history(Table table, @Nullable String branch) {
        @Nullable Snapshot newest = newest(table, branch);
        return newest == null
                ? Stream.empty()
                : StreamSupport.stream(
                        SnapshotUtil.ancestorsOf(newest.snapshotId(), table::snapshot)
                                .spliterator(),
                        false);
    }

    /** Returns the newest snapshot of a branch; null where it has none. */
    public static @Nullable Snapshot newest(Table table, @Nullable String branch) {
        return branch == null ? table.currentSnapshot() : table.snapshot(branch);
    }

    /** Returns the snapshot that holds a batch. */
    public static Optional<Snapshot> find(Table table, @Nullable String branch, BatchId batch) {
        return find(history(table, branch), batch);
    }

    static Optional<Snapshot> find(Stream<Snapshot> history, BatchId batch) {
        String key = key(batch);
        return history.filter(
                        snapshot -> batch.toString().equals(snapshot.summary().get(key)))
                .findFirst();
    }

    /** Returns whether the table remembers a batch whose snapshot has expired: it, or a later one of its stream. */
    static boolean expired(Table table, BatchId batch, RunMode mode) {
        return ExpiredBatches.contains(table, batch) || ofStream(table, batch, mode);
    }

    private static boolean ofStream(Table table, BatchId batch, RunMode mode) {
        return last(batch, mode)
                .map(last -> table.properties().get(last.getKey()))
                .filter(last -> last.startsWith(batch.queryId() + "/"))
                .map(last -> Long.parseLong(last.substring(last.lastIndexOf('/') + 1)))
                .filter(last -> last >= batch.number())
                .isPresent();
    }

    /** Returns the batches that a snapshot holds. */
    public static List<String> of(Snapshot snapshot) {
        return snapshot.summary().entrySet().stream()
                .filter(property -> property.getKey().startsWith(BATCH))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    /** Returns the batches that a snapshot holds, by {@link BatchId#key()}. */
    static Map<String, String> byKey(Snapshot snapshot) {
        Map<String, String> batches = new TreeMap<>();
        snapshot.summary().forEach((property, batch) -> {
            if (property.startsWith(BATCH)) {
                batches.put(property.substring(BATCH.length()), batch);
            }
        });
        return batches;
    }

    /** Returns whether a batch is of a stream whose last batch the table knows. */
    static boolean ofKnownStream(Table table, String key) {
        return table.properties().containsKey(LAST + key.substring(0, key.lastIndexOf('-')));
    }

    /** Returns the requests of an output that have batches in the table, each with the number of its last one. */
    public static Map<String, Long> lastBatches(Table table, @Nullable String branch, OutputId output) {
        Stream<String> ofSnapshots = history(table, branch).flatMap(snapshot -> of(snapshot).stream());
        Stream<String> ofProperties = table.properties().entrySet().stream()
                .filter(property -> property.getKey().startsWith(LAST))
                .map(Map.Entry::getValue);
        String prefix = output + "#";
        Map<String, Long> last = new TreeMap<>();
        Stream.of(ofSnapshots, ofProperties, ExpiredBatches.of(table))
                .flatMap(batches -> batches)
                .filter(batch -> batch.startsWith(prefix))
                .forEach(batch -> last.merge(
                        batch.substring(prefix.length(), batch.lastIndexOf('/')),
                        Long.parseLong(batch.substring(batch.lastIndexOf('/') + 1)),
                        Math::max));
        return last;
    }

    /** Returns a short name of a batch's stream. */
    private static String stream(BatchId batch) {
        String key = batch.key();
        return key.substring(0, key.lastIndexOf('-'));
    }
}
