package io.millrace.iceberg.internal.commit;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import io.millrace.config.MillraceException;
import io.millrace.iceberg.internal.catalog.IcebergErrors;
import io.millrace.iceberg.internal.table.IcebergConflicts;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.iceberg.internal.table.IcebergTargetTable;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.internal.spark.ActiveSession;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.Counts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.CommitMetadata;

/**
 * Brings a batch into a table by a MERGE, which reads the table too: where somebody else's commit touches what it has read, it is done again, unless
 * that commit was this batch's.
 */
public final class IcebergMergeCommit {

    private final IcebergModel model;
    private final Batch batch;
    private final IcebergTargetTable target;
    private final BatchHistory history;
    private final CommitRetries retries;

    /** Of one batch. */
    public IcebergMergeCommit(
            IcebergModel model, Batch batch, IcebergTargetTable target, BatchHistory history, CommitRetries retries) {
        this.model = model;
        this.batch = batch;
        this.target = target;
        this.history = history;
        this.retries = retries;
    }

    /**
     * Runs it.
     *
     * @param rows how many rows are merged, for the counts
     * @param merge runs the MERGE; called for each attempt
     * @return what came of it; a commit without a name where there was nothing to do
     */
    public CommitOutcome run(Table table, long rows, Callable<?> merge) {
        Optional<Snapshot> byOthers;
        try {
            byOthers = Failsafe.with(IcebergConflicts.retriedMerge(retries)).get(() -> attempt(table, merge));
        } catch (RuntimeException failed) {
            Exception cause = failed instanceof FailsafeException && failed.getCause() instanceof Exception checked
                    ? checked
                    : failed;
            return history.failed(table, cause, false, rows, () -> {});
        }
        if (byOthers.isPresent()) {
            return new AlreadyCommitted(BatchHistory.name(byOthers.get()));
        }
        boolean changed;
        try {
            table.refresh();
            changed = BatchSnapshots.find(table, model.branch(), batch.id()).isPresent();
        } catch (RuntimeException unreadable) {
            return new CommitOutcome.Unknown(IcebergErrors.of("cannot read " + model.words(), unreadable));
        }
        List<String> warnings = remembered(table);
        return changed
                ? history.committed(table, rows, warnings)
                : new Committed("", Counts.committed(rows), Map.of(), warnings);
    }

    /** Returns the snapshot of somebody else who has committed the batch; nothing is done then. */
    private Optional<Snapshot> attempt(Table table, Callable<?> merge) throws Exception {
        table.refresh();
        Optional<Snapshot> there = BatchSnapshots.find(table, model.branch(), batch.id());
        if (there.isEmpty()) {
            Map<String, String> properties = new HashMap<>(model.snapshotProperties());
            properties.put(BatchSnapshots.key(batch.id()), batch.id().toString());
            ActiveSession.in(
                    batch.session(), () -> CommitMetadata.withCommitProperties(properties, merge, Exception.class));
        }
        return there;
    }

    /** A MERGE commits by itself, and nothing beside; so a stream's last batch is remembered after it. */
    private List<String> remembered(Table table) {
        Optional<Map.Entry<String, String>> last = BatchSnapshots.last(batch.id(), batch.mode());
        if (last.isPresent()) {
            try {
                target.set(table, Map.ofEntries(last.get()));
            } catch (MillraceException failed) {
                return List.of("the batch is merged, but will not be known for longer than its snapshot: "
                        + failed.getMessage());
            }
        }
        return List.of();
    }
}
