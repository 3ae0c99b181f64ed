package io.millrace.continuousupdate;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.function.CheckedSupplier;
import io.millrace.config.MillraceException;
import io.millrace.continuousupdate.internal.spark.DeltaConflict;
import io.millrace.internal.spark.CommandFigures;
import io.millrace.internal.spark.DeltaCommit;
import io.millrace.internal.spark.DeltaCommits;
import io.millrace.internal.spark.DeltaTarget;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CommitOutcome.Unknown;
import io.millrace.spi.SparkErrors;
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
    private final ConflictRetries retries;

    RetriedMerge(SparkSession session, DeltaPlace target, BatchId batch, ConflictRetries retries) {
        this.session = session;
        this.target = target;
        this.batch = batch;
        this.retries = retries;
    }

    /** Runs the merge; it answers with Delta's answer. */
    MergeResult run(CheckedSupplier<Dataset<Row>> merge) {
        Dataset<Row> answer;
        try {
            answer = Failsafe.with(retries.policy()).get(merge);
        } catch (RuntimeException failed) {
            return afterFailure(
                    failed instanceof FailsafeException && failed.getCause() != null ? failed.getCause() : failed);
        }
        try {
            Optional<DeltaCommit> commit = commits().find(batch);
            if (answer.collectAsList().isEmpty()) {
                return new MergeResult.Ended(new AlreadyCommitted(DeltaTarget.name(commit)));
            }
            return commit.<MergeResult>map(found -> new MergeResult.Merged(found, CommandFigures.of(answer), List.of()))
                    .orElseGet(() -> lost(""));
        } catch (RuntimeException unreadable) {
            return lost(": " + unreadable.getMessage());
        }
    }

    /** The rows are in the table, but nobody can tell what became of them: nothing less than unknown, though the merge went well. */
    private MergeResult lost(String why) {
        return new MergeResult.Ended(new Unknown(MillraceException.external(
                target + ": the batch is merged, but its commit is not found in the table's log" + why, null)));
    }

    /** Delta may fail after its commit, in what it does besides: the table knows. */
    private MergeResult afterFailure(Throwable failed) {
        MillraceException reason = reason(failed);
        try {
            Optional<DeltaCommit> commit = commits().find(batch);
            if (commit.isPresent()) {
                return new MergeResult.Merged(commit.get(), Map.of(), List.of(reason.getMessage()));
            }
        } catch (RuntimeException unreadable) {
            reason.addSuppressed(unreadable);
            return new MergeResult.Ended(new Unknown(reason));
        }
        return new MergeResult.Ended(DeltaTarget.mayStillArrive(failed) ? new Unknown(reason) : new Rejected(reason));
    }

    private MillraceException reason(Throwable failed) {
        return DeltaConflict.in(failed)
                .map(conflict -> MillraceException.external(gaveUp(conflict), failed))
                .orElseGet(() -> SparkErrors.of("cannot merge into " + target, failed));
    }

    private String gaveUp(DeltaConflict conflict) {
        return target + ": gave up after " + retries.attempts()
                + " attempts to merge, because other commits came first; the last one was "
                + other(conflict) + ". Delta says: " + conflict.message()
                + " Let fewer outputs write to the table at the same time, or let them write to different partitions of it by partitioning it by a key";
    }

    private String other(DeltaConflict conflict) {
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
