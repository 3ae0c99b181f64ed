package io.millrace.internal.spark;

import io.millrace.config.Causes;
import io.millrace.config.MillraceException;
import io.millrace.config.Vocabulary;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/**
 * A Delta table that batches are written to, each once. What became of a batch the table's log says, not what came back from the commit.
 *
 * @param commits what the table remembers
 * @param words names the table in messages
 * @param details says for the report what is to be known of a commit
 */
public record DeltaTarget(DeltaCommits commits, String words, Function<DeltaCommit, Map<String, Object>> details) {

    /** The option of Delta's writer that says which rows are replaced, by a condition. */
    public static final String REPLACE_WHERE = "replaceWhere";

    private static final String ROWS = "numOutputRows";

    /** Returns the outcome of a batch that the table holds; empty where it does not. */
    public Optional<CommitOutcome> before(BatchId batch) {
        return commits.tableExists() && commits.committed(batch)
                ? Optional.of(new AlreadyCommitted(name(commits.find(batch))))
                : Optional.empty();
    }

    /**
     * Writes a batch that was not in the table when {@link #before} was asked.
     *
     * @param rows are computed once; their columns fit the table, or make it where there is none
     * @param partitionBy the columns that partition a table that is made; empty where it is there
     * @param options further options of Delta's writer
     */
    public CommitOutcome write(
            BatchId batch, Dataset<Row> rows, SaveMode mode, List<String> partitionBy, Map<String, String> options) {
        return Preparation.of("cannot write " + words, () -> {
            CountedRows counted = CountedRows.of(rows, CountedRows.Count.all(ROWS));
            DeltaBatch write = commits.batch(batch, counted.rows());
            return () -> written(batch, write, counted, mode, partitionBy, options);
        });
    }

    private CommitOutcome written(
            BatchId batch,
            DeltaBatch write,
            CountedRows counted,
            SaveMode mode,
            List<String> partitionBy,
            Map<String, String> options) {
        boolean copies = options.containsKey(REPLACE_WHERE);
        boolean ours;
        try {
            ours = write.write(mode, partitionBy, options);
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            MillraceException reason = SparkErrors.of("cannot write " + words, failed);
            return write.committing() ? afterCommit(batch, counted, copies, failed, reason) : new Rejected(reason);
        }
        return ours ? committed(batch, counted, copies, List.of()) : new AlreadyCommitted(name(commits.find(batch)));
    }

    /** Returns the option that says what an overwrite replaces; without it, a setting of the session would. */
    public static Map<String, String> overwriting(OverwriteMode mode) {
        return Map.of("partitionOverwriteMode", Vocabulary.kebab(mode));
    }

    /**
     * Sees to it that the table has partitions, which a batch is to replace: of one without, Delta would replace all rows.
     *
     * @param partitionBy those of a table that is made
     * @throws MillraceException of kind USER where it has none
     */
    public void requirePartitions(List<String> partitionBy) {
        boolean any = commits.tableExists() ? !commits.partitionColumns().isEmpty() : !partitionBy.isEmpty();
        if (!any) {
            throw MillraceException.user(
                    words
                            + " has no partitions that a batch could replace; write overwrite = static to replace all rows, or partition the table");
        }
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
            BatchId batch, CountedRows counted, boolean copies, Throwable failed, MillraceException reason) {
        // The file system refuses to work for an interrupted thread.
        boolean interrupted = Thread.interrupted();
        try {
            if (commits.tableExists() && commits.committed(batch)) {
                String warning = "the batch is committed, but after that: " + reason.getMessage();
                return byOthers(failed)
                        ? new AlreadyCommitted(name(commits.find(batch)))
                        : committed(batch, counted, copies, List.of(warning));
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

    /** @param copies whether Delta also counts rows that it copies, from files of which the batch replaces a part */
    private CommitOutcome committed(BatchId batch, CountedRows counted, boolean copies, List<String> warnings) {
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
        // Delta counts what it writes, unless a setting keeps it from that.
        boolean counts = !copies && commit.get().metrics().containsKey(ROWS);
        long rows = counts ? commit.get().metric(ROWS) : counted.count(ROWS);
        return new Committed(name(commit), Counts.committed(rows), details.apply(commit.get()), warnings);
    }
}
