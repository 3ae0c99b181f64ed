package io.millrace.iceberg.internal.action;

import io.millrace.iceberg.internal.commit.ExpiredBatches;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.ExpireSnapshots;
import org.apache.iceberg.spark.actions.ExpireSnapshotsSparkAction;
import org.jspecify.annotations.Nullable;

/**
 * Lets old snapshots go, and with them the files that only they use.
 *
 * @param olderThan null for what the table says, without which it is five days; where snapshots are named, only those go
 * @param snapshots named ones
 */
public record SnapshotExpiry(
        @Nullable PointInTime olderThan,
        List<Long> snapshots,
        OptionalInt retainLast,
        OptionalInt concurrentDeletes,
        boolean streamsResults)
        implements TableWork {

    public SnapshotExpiry {
        snapshots = List.copyOf(snapshots);
    }

    static Optional<SnapshotExpiry> decode(ActionOptions options) {
        Optional<PointInTime> olderThan =
                options.pointInTime("older-than", "expire-older-than", "older-than-millis", "older-than-timestamp");
        List<Long> snapshots = options.numbers("snapshot-ids", "expire-snapshot-id");
        OptionalInt retainLast = options.positive("retain-last");
        OptionalInt concurrentDeletes = options.positive("max-concurrent-deletes");
        boolean streams = options.isTrue("stream-results", "stream-delete-results");
        return options.build(
                () -> new SnapshotExpiry(olderThan.orElse(null), snapshots, retainLast, concurrentDeletes, streams));
    }

    @Override
    public Map<String, Object> on(TableActionTarget target) {
        Table table = target.existing();
        target.checkDeletable(table);
        return target.doing("cannot expire snapshots of", () -> {
            List<Snapshot> expired = chosen(table);
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("snapshots expired", (long) expired.size());
            if (!expired.isEmpty()) {
                ExpiredBatches.remember(table, expired);
                deleted(expire(target, table, expired), figures);
            }
            return figures;
        });
    }

    private List<Snapshot> chosen(Table table) {
        org.apache.iceberg.ExpireSnapshots choice = table.expireSnapshots();
        if (olderThan != null) {
            choice.expireOlderThan(olderThan.seenFrom(Instant.now()).toEpochMilli());
        } else if (!snapshots.isEmpty()) {
            choice.expireOlderThan(0);
        }
        retainLast.ifPresent(choice::retainLast);
        snapshots.stream().filter(id -> table.snapshot(id) != null).forEach(choice::expireSnapshotId);
        return choice.apply();
    }

    /** Those that were chosen and no others, because what happens meanwhile is not noted. */
    private ExpireSnapshots.Result expire(TableActionTarget target, Table table, List<Snapshot> expired) {
        ExpireSnapshotsSparkAction action =
                target.actions().expireSnapshots(table).expireOlderThan(0);
        expired.forEach(snapshot -> action.expireSnapshotId(snapshot.snapshotId()));
        action.option(ExpireSnapshotsSparkAction.STREAM_RESULTS, Boolean.toString(streamsResults));
        return ConcurrentDeletes.of(concurrentDeletes, action::executeDeleteWith, action::execute);
    }

    private static void deleted(ExpireSnapshots.Result result, Map<String, Object> figures) {
        figures.put("data files deleted", result.deletedDataFilesCount());
        figures.put(
                "delete files deleted",
                result.deletedPositionDeleteFilesCount() + result.deletedEqualityDeleteFilesCount());
        figures.put(
                "metadata files deleted",
                result.deletedManifestsCount()
                        + result.deletedManifestListsCount()
                        + result.deletedStatisticsFilesCount());
    }
}
