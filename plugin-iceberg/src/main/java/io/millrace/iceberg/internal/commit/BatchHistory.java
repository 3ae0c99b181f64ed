package io.millrace.iceberg.internal.commit;

import io.millrace.config.Causes;
import io.millrace.config.MillraceException;
import io.millrace.iceberg.internal.catalog.IcebergErrors;
import io.millrace.iceberg.internal.table.IcebergConflicts;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CommitOutcome.Unknown;
import io.millrace.spi.Counts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.spark.SparkThrowable;

/** What became of a batch, by the history of its table: that is the last word, not what came back from the commit. */
public final class BatchHistory {

    private static final Map<String, String> FIGURES = Map.of(
            "deleted-records", "rows replaced",
            "spark.merge-into.num-target-rows-inserted", "rows inserted",
            "spark.merge-into.num-target-rows-updated", "rows updated",
            "spark.merge-into.num-target-rows-deleted", "rows deleted");

    private final IcebergModel model;
    private final Batch batch;
    private final CommitRetries retries;
    private final String cannot;

    /** Of a batch that is written as its model says. */
    public BatchHistory(IcebergModel model, Batch batch, CommitRetries retries) {
        this(model, batch, retries, model.merge() == null ? "cannot commit to " : "cannot merge into ");
    }

    private BatchHistory(IcebergModel model, Batch batch, CommitRetries retries, String cannot) {
        this.model = model;
        this.batch = batch;
        this.retries = retries;
        this.cannot = cannot;
    }

    /** The same for a batch that is merged, by what its model does not tell. */
    public static BatchHistory ofMerge(IcebergModel model, Batch batch, CommitRetries retries) {
        return new BatchHistory(model, batch, retries, "cannot merge into ");
    }

    /** Returns the outcome of a batch that is there before it is written; empty where it is not there. */
    public Optional<CommitOutcome> before(Table table) {
        Optional<Snapshot> snapshot = BatchSnapshots.find(table, model.branch(), batch.id());
        if (snapshot.isEmpty() && BatchSnapshots.expired(table, batch.id(), batch.mode())) {
            return Optional.of(new AlreadyCommitted("a snapshot that has expired"));
        }
        return snapshot.map(found -> new AlreadyCommitted(name(found)));
    }

    /** Returns the outcome of a commit that came back well. */
    CommitOutcome committed(Table table, long rows, List<String> warnings) {
        Optional<Snapshot> snapshot;
        try {
            snapshot = BatchSnapshots.find(table, model.branch(), batch.id());
        } catch (RuntimeException unreadable) {
            return new Unknown(MillraceException.external(
                    model.words() + ": the batch is written, but the table cannot be read: " + unreadable.getMessage(),
                    unreadable));
        }
        return snapshot.<CommitOutcome>map(
                        found -> new Committed(name(found), Counts.committed(rows), details(found), warnings))
                .orElseGet(() -> new Unknown(MillraceException.internal(
                        model.words() + ": the batch is written, but its snapshot is not in the table's history",
                        null)));
    }

    /**
     * Returns the outcome of a commit that failed.
     *
     * @param byOthers whether it failed because somebody else had committed the batch
     * @param cleanUp called where it is certain that the batch is not there
     */
    CommitOutcome failed(Table table, Exception failed, boolean byOthers, long rows, Runnable cleanUp) {
        Optional<Snapshot> there;
        try {
            table.refresh();
            there = BatchSnapshots.find(table, model.branch(), batch.id());
        } catch (RuntimeException unreadable) {
            MillraceException reason = IcebergErrors.of(cannot + model.words(), failed);
            reason.addSuppressed(unreadable);
            return new Unknown(reason);
        }
        if (there.isPresent()) {
            return byOthers
                    ? new AlreadyCommitted(name(there.get()))
                    : committed(table, rows, List.of("the batch is committed, but after that: " + failed.getMessage()));
        }
        MillraceException reason = reason(table, failed);
        if (mayStillArrive(failed)) {
            return new Unknown(reason);
        }
        cleanUp.run();
        return new Rejected(reason);
    }

    /** A failure of a job comes before the commit, and Iceberg says of some failures of a commit that they are clean. */
    private static boolean mayStillArrive(Throwable failed) {
        boolean clean = false;
        for (Throwable cause : Causes.of(failed)) {
            if (cause instanceof CommitStateUnknownException) {
                return true;
            }
            clean |= cause instanceof CleanableFailure || cause instanceof SparkThrowable;
        }
        return !clean;
    }

    private MillraceException reason(Table table, Exception failed) {
        Optional<String> refusal = PartitionReplacement.refusal(table, batch.replaces(), failed);
        if (refusal.isPresent()) {
            return MillraceException.user(cannot + model.words() + ": " + refusal.get(), failed);
        }
        return IcebergConflicts.isConflict(failed)
                ? MillraceException.external(gaveUp(table, failed), failed)
                : IcebergErrors.of(cannot + model.words(), failed);
    }

    private String gaveUp(Table table, Exception failed) {
        String iceberg = Causes.first(failed, ValidationException.class)
                .map(conflict -> " Iceberg says: " + conflict.getMessage() + ".")
                .orElse("");
        return model.words() + ": gave up after " + retries.attempts()
                + (retries.attempts() == 1 ? " attempt" : " attempts")
                + " to commit, because others came first; the last one was "
                + ConflictingCommit.last(table, model.branch())
                + "." + iceberg
                + " Nothing of this batch is in the table: run it again, or let fewer jobs write the table at the same time";
    }

    /** Returns how a snapshot is called. */
    public static String name(Snapshot snapshot) {
        return "snapshot " + snapshot.snapshotId();
    }

    private static Map<String, Object> details(Snapshot snapshot) {
        Map<String, String> summary = snapshot.summary();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("snapshot", Long.toString(snapshot.snapshotId()));
        details.put("files", number(summary, "added-data-files"));
        FIGURES.keySet().stream()
                .sorted()
                .filter(summary::containsKey)
                .forEach(figure -> details.put(FIGURES.getOrDefault(figure, figure), number(summary, figure)));
        return details;
    }

    private static long number(Map<String, String> summary, String key) {
        return Long.parseLong(summary.getOrDefault(key, "0"));
    }
}
