package io.millrace.continuousupdate;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.function.CheckedSupplier;
import io.millrace.config.MillraceException;
import io.millrace.continuousupdate.internal.spark.DeltaMergeConflict;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.internal.spark.delta.DeltaCommit;
import io.millrace.internal.spark.delta.DeltaCommits;
import io.millrace.internal.spark.delta.DeltaTarget;
import io.millrace.internal.spark.rows.CommandFigures;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CommitOutcome.Unknown;
import io.millrace.spi.SparkErrors;
import io.millrace.spi.upsert.MergeOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Brings a merge into the table: tries again where another commit came first, and asks the table where it is not clear what happened. */
final class RetriedMerge {

    private final SparkSession session;
    private final DeltaPlace target;
    private final BatchId batch;
    private final CommitRetries retries;

    RetriedMerge(SparkSession session, DeltaPlace target, BatchId batch, CommitRetries retries) {
        this.session = session;
        this.target = target;
        this.batch = batch;
        this.retries = retries;
    }

    /** Runs the merge; it answers with Delta's answer. */
    MergeOutcome run(CheckedSupplier<Dataset<Row>> merge) {
        Dataset<Row> answer;
        try {
            answer = Failsafe.with(DeltaMergeConflict.<Dataset<Row>>retried(retries))
                    .get(merge);
        } catch (RuntimeException failed) {
            return afterFailure(
                    failed instanceof FailsafeException && failed.getCause() != null ? failed.getCause() : failed);
        }
        try {
            Optional<DeltaCommit> commit = commits().find(batch);
            if (answer.collectAsList().isEmpty()) {
                return new MergeOutcome.Ended(new AlreadyCommitted(DeltaTarget.name(commit)));
            }
            return commit.map(found -> merged(found, CommandFigures.of(answer), List.of()))
                    .orElseGet(() -> lost(""));
        } catch (RuntimeException unreadable) {
            return lost(": " + unreadable.getMessage());
        }
    }

    /** The rows are in the table, but nobody can tell what became of them: nothing less than unknown, though the merge went well. */
    private MergeOutcome lost(String why) {
        return new MergeOutcome.Ended(new Unknown(MillraceException.external(
                target + ": the batch is merged, but its commit is not found in the table's log" + why, null)));
    }

    /** Delta may fail after its commit, in what it does besides: the table knows. */
    private MergeOutcome afterFailure(Throwable failed) {
        MillraceException reason = reason(failed);
        try {
            Optional<DeltaCommit> commit = commits().find(batch);
            if (commit.isPresent()) {
                return merged(commit.get(), Map.of(), List.of(reason.getMessage()));
            }
        } catch (RuntimeException unreadable) {
            reason.addSuppressed(unreadable);
            return new MergeOutcome.Ended(new Unknown(reason));
        }
        return new MergeOutcome.Ended(DeltaTarget.mayStillArrive(failed) ? new Unknown(reason) : new Rejected(reason));
    }

    /** @param figures what Delta counted besides; empty where its answer was lost */
    private static MergeOutcome merged(DeltaCommit commit, Map<String, Long> figures, List<String> warnings) {
        Map<String, Long> files = new LinkedHashMap<>();
        figure(figures, files, "files-in-table", "numTargetFilesBeforeSkipping");
        figure(figures, files, "files-candidate", "numTargetFilesAfterSkipping");
        figure(figures, files, "files-scanned", "numTargetFilesAfterSkipping");
        files.put("files-rewritten", commit.metric("numTargetFilesRemoved"));
        files.put("files-added", commit.metric("numTargetFilesAdded"));
        return new MergeOutcome.Merged(
                DeltaTarget.name(Optional.of(commit)),
                commit.metric("numTargetRowsInserted"),
                commit.metric("numTargetRowsUpdated"),
                commit.metric("numTargetRowsDeleted"),
                files,
                warnings);
    }

    private static void figure(Map<String, Long> figures, Map<String, Long> files, String name, String metric) {
        Long value = figures.get(metric);
        if (value != null) {
            files.put(name, value);
        }
    }

    private MillraceException reason(Throwable failed) {
        return DeltaMergeConflict.in(failed)
                .map(conflict -> MillraceException.external(gaveUp(conflict), failed))
                .orElseGet(() -> SparkErrors.of("cannot merge into " + target, failed));
    }

    private String gaveUp(DeltaMergeConflict conflict) {
        return target + ": gave up after " + retries.attempts()
                + " attempts to merge, because other commits came first; the last one was "
                + other(conflict) + ". Delta says: " + conflict.message()
                + " Let fewer outputs write to the table at the same time, or let them write to different partitions of it by partitioning it by a key";
    }

    private String other(DeltaMergeConflict conflict) {
        return conflict.version().isEmpty()
                ? "not named by Delta"
                : target
                        .table(session)
                        .history()
                        .filter("version = " + conflict.version().getAsLong())
                        .selectExpr("operation", "coalesce(userMetadata, 'somebody else')")
                        .collectAsList()
                        .stream()
                        .map(row -> "version " + conflict.version().getAsLong() + ", " + row.getString(0) + " of "
                                + row.getString(1))
                        .findFirst()
                        .orElse("version " + conflict.version().getAsLong());
    }

    private DeltaCommits commits() {
        return target.commits(session);
    }
}
