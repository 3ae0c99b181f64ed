package io.millrace.internal.spark.delta;

import io.millrace.config.Causes;
import io.millrace.config.MillraceException;
import io.millrace.internal.spark.rows.CountedRows;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CommitOutcome.Unknown;
import io.millrace.spi.Counts;
import io.millrace.spi.OverwriteMode;
import io.millrace.spi.Preparation;
import io.millrace.spi.SparkErrors;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.jspecify.annotations.Nullable;

/**
 * A Delta table that batches are written to, each once. What became of a batch the table's log says, not what came back from the commit.
 *
 * @param commits what the table remembers
 * @param words names the table in messages
 * @param details says for the report what is to be known of a commit
 */
public record DeltaTarget(DeltaCommits commits, String words, Function<DeltaCommit, Map<String, Object>> details) {

    private static final String REPLACE_WHERE = "replaceWhere";
    private static final String ROWS = "numOutputRows";

    /** Returns the outcome of a batch that the table holds; empty where it does not. */
    public Optional<CommitOutcome> before(BatchId batch) {
        return commits.tableExists() && commits.committed(batch)
                ? Optional.of(new AlreadyCommitted(name(commits.find(batch))))
                : Optional.empty();
    }

    /** Adds rows of a batch that was not in the table when {@link #before} was asked, whatever the batch replaces elsewhere. */
    public CommitOutcome append(Batch batch, Dataset<Row> rows, Map<String, String> options) {
        return write(batch, rows, false, null, List.of(), options);
    }

    /**
     * Writes a batch that was not in the table when {@link #before} was asked. Where the table is there, the batch takes the place of the rows for which
     * its {@linkplain Batch#replaces condition} holds; without one, of what it overwrites.
     *
     * @param rows those of the batch, computed once; their columns fit the table, or make it where there is none
     * @param exists whether the table was there when that was looked at
     * @param overwrite what is replaced; null where rows are added
     * @param partitionBy the columns that partition a table that is made
     * @param others further options of Delta's writer
     */
    public CommitOutcome write(
            Batch batch,
            Dataset<Row> rows,
            boolean exists,
            @Nullable OverwriteMode overwrite,
            List<String> partitionBy,
            Map<String, String> others) {
        return Preparation.of("cannot write " + words, () -> {
            if (overwrite == OverwriteMode.DYNAMIC) {
                List<String> partitions = exists ? commits.partitionColumns() : partitionBy;
                PartitionOverwrite.requirePartitions(words, !partitions.isEmpty());
            }
            String condition = exists ? batch.replaces() : null;
            SaveMode mode = overwrite == null && condition == null ? SaveMode.Append : SaveMode.Overwrite;
            Map<String, String> options =
                    overwrite == null ? new LinkedHashMap<>(others) : PartitionOverwrite.options(others, overwrite);
            if (condition != null) {
                options.put(REPLACE_WHERE, condition);
            }
            CountedRows counted = CountedRows.of(rows, CountedRows.Count.all(ROWS));
            DeltaBatch write = commits.batch(batch.id(), counted.rows());
            ToLongFunction<DeltaCommit> size = commit -> size(commit, counted, condition != null);
            return () -> written(
                    batch.id(), write, size, () -> write.write(mode, exists ? List.of() : partitionBy, options));
        });
    }

    /**
     * Returns how many rows of the batch a commit wrote. Delta counts them, unless a setting keeps it from that; with a condition it also counts rows
     * that it copies, from files of which the batch replaces a part.
     */
    private static long size(DeltaCommit commit, CountedRows counted, boolean copies) {
        return !copies && commit.metrics().containsKey(ROWS) ? commit.metric(ROWS) : counted.count(ROWS);
    }

    private CommitOutcome written(
            BatchId batch, DeltaBatch write, ToLongFunction<DeltaCommit> rows, Supplier<Boolean> writing) {
        boolean ours;
        try {
            ours = writing.get();
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            MillraceException reason = SparkErrors.of("cannot write " + words, failed);
            return write.committing() ? afterCommit(batch, rows, failed, reason) : new Rejected(reason);
        }
        return ours ? committed(batch, rows, List.of()) : new AlreadyCommitted(name(commits.find(batch)));
    }

    /** Returns whether a commit that failed, and is not in the table, may come into it yet: it may unless a job failed, or Delta refused. */
    public static boolean mayStillArrive(Throwable failed) {
        return Causes.of(failed).stream().noneMatch(SparkThrowable.class::isInstance);
    }

    /** Returns how a commit is called; the log may have been cleaned of an old one. */
    public static String name(Optional<DeltaCommit> commit) {
        return commit.map(found -> "version " + found.version()).orElse("an earlier version");
    }

    /** Delta may fail after its commit, in what it does besides. */
    private CommitOutcome afterCommit(
            BatchId batch, ToLongFunction<DeltaCommit> rows, Throwable failed, MillraceException reason) {
        // The file system refuses to work for an interrupted thread.
        boolean interrupted = Thread.interrupted();
        try {
            if (commits.tableExists() && commits.committed(batch)) {
                String warning = "the batch is committed, but after that: " + reason.getMessage();
                return byOthers(failed)
                        ? new AlreadyCommitted(name(commits.find(batch)))
                        : committed(batch, rows, List.of(warning));
            }
        } catch (RuntimeException unreadable) {
            reason.addSuppressed(unreadable);
            return new Unknown(reason);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return mayStillArrive(failed) ? new Unknown(reason) : new Rejected(reason);
    }

    /** Delta refuses what overlaps with another attempt at the same batch. */
    private static boolean byOthers(Throwable failed) {
        return Causes.first(failed, ConcurrentModificationException.class).isPresent();
    }

    /** @param rows how many rows of the batch its commit wrote */
    private CommitOutcome committed(BatchId batch, ToLongFunction<DeltaCommit> rows, List<String> warnings) {
        Optional<DeltaCommit> commit;
        try {
            commit = commits.find(batch);
        } catch (RuntimeException unreadable) {
            return new Unknown(MillraceException.external(
                    words + ": the batch is written, but the table's log cannot be read: " + unreadable.getMessage(),
                    unreadable));
        }
        if (commit.isEmpty()) {
            return new Unknown(MillraceException.internal(
                    words + ": the batch is written, but its commit is not in the table's log", null));
        }
        Counts counts = Counts.committed(rows.applyAsLong(commit.get()));
        return new Committed(name(commit), counts, details.apply(commit.get()), warnings);
    }
}
