package io.millrace.iceberg.internal.commit;

import java.time.Instant;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** Names a commit of somebody else, for messages. */
public final class ConflictingCommit {

    private ConflictingCommit() {}

    /** Names the newest snapshot of a branch: its id, when it was made, by which batch or application. */
    public static String last(Table table, @Nullable String branch) {
        @Nullable Snapshot snapshot = BatchSnapshots.newest(table, branch);
        if (snapshot == null) {
            return "a change of the table itself";
        }
        List<String> batches = BatchSnapshots.of(snapshot);
        String by = batches.isEmpty()
                ? "application " + snapshot.summary().getOrDefault("spark.app.id", "unknown")
                : "batch " + String.join(", ", batches);
        return "snapshot " + snapshot.snapshotId() + ", " + snapshot.operation() + " of " + by + " at "
                + Instant.ofEpochMilli(snapshot.timestampMillis());
    }
}
