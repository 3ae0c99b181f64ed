package io.millrace.parallelwrite;

import io.millrace.catalog.EntityFormat;
import io.millrace.catalog.SaveMode;
import io.millrace.config.MillraceException;
import io.millrace.spark.DeltaColumns;
import io.millrace.spark.DeltaCommit;
import io.millrace.spark.DeltaCommits;
import io.millrace.spark.DeltaCompaction;
import io.millrace.spark.FileSizes;
import io.millrace.spark.SparkErrors;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CommitOutcome.Unknown;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.ComputedColumns;
import io.millrace.spi.Counts;
import io.millrace.spi.OutputId;
import io.millrace.spi.SchemaGrowth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Delta tables: the batch's identity travels with the commit, so Delta itself skips a batch it holds. */
public final class DeltaFormat implements ColdFormat {

    private static final String ROWS = "numOutputRows";

    /** Made by {@link java.util.ServiceLoader}. */
    public DeltaFormat() {}

    @Override
    public EntityFormat format() {
        return EntityFormat.DELTA;
    }

    @Override
    public String provider() {
        return "delta";
    }

    @Override
    public void createTable(SparkSession session, DeclaredTable table) {
        boolean there = DeltaCommits.atPath(session, table.location(), Map.of()).tableExists();
        session.sql((there ? table.withoutColumns() : table).createStatement(provider()));
    }

    @Override
    public ColdTarget addColumns(Batch batch, SchemaGrowth growth, ColdTarget target) {
        if (commits(batch.session(), target).tableExists()) {
            DeltaColumns.add(batch.session(), growth.schema(), target.location(), target.storageOptions(), batch.id());
        }
        return target.schema(growth.schema());
    }

    @Override
    public ComputedColumns computedColumns(SparkSession session, ColdTarget target) {
        return commits(session, target).computedColumns();
    }

    @Override
    public CommitOutcome write(Batch batch, Dataset<Row> rows, ColdWrite write, ColdTarget target) {
        DeltaCommits commits = commits(batch.session(), target);
        if (commits.committed(batch.id())) {
            return new AlreadyCommitted(name(commits.find(batch.id())));
        }
        SaveMode mode = write.mode();
        boolean decidedByContent = mode == SaveMode.IGNORE || mode == SaveMode.ERROR_IF_EXISTS;
        if (decidedByContent && commits.tableExists() && holdsRows(batch.session(), target)) {
            return mode == SaveMode.IGNORE ? new Committed("", new Counts(0, rows.count(), 0, 0, 0)) : refused(target);
        }
        try {
            Map<String, String> options = new HashMap<>(target.storageOptions());
            Dataset<Row> sized = rows;
            Long size = write.targetFileSize();
            if (size != null) {
                options.putAll(FileSizes.deltaOptions());
                sized = new FileSizes(size).forDelta(rows);
            }
            commits.write(
                    batch.id(),
                    sized,
                    mode == SaveMode.OVERWRITE
                            ? org.apache.spark.sql.SaveMode.Overwrite
                            : org.apache.spark.sql.SaveMode.Append,
                    commits.tableExists() ? List.of() : target.partitionColumns(),
                    options);
        } catch (Exception failed) {
            return afterFailure(batch, rows, target, SparkErrors.of("cannot write " + target, failed));
        }
        try {
            return committed(commits.find(batch.id()), rows, List.of());
        } catch (RuntimeException unreadable) {
            return new Unknown(MillraceException.external(
                    target + ": the batch is written, but the table's log cannot be read: " + unreadable.getMessage(),
                    unreadable));
        }
    }

    @Override
    public Map<String, Long> lastBatches(SparkSession session, OutputId output, ColdTarget target) {
        return commits(session, target).lastBatches(output);
    }

    @Override
    public CompactionResult compact(
            SparkSession session, CompactionRequest request, @Nullable Long targetFileSize, ColdTarget target) {
        return DeltaCompaction.atPath(session, target.location(), target.storageOptions(), target.toString())
                .run(request, targetFileSize);
    }

    private boolean holdsRows(SparkSession session, ColdTarget target) {
        return !session.read()
                .format(provider())
                .options(target.storageOptions())
                .load(target.location())
                .isEmpty();
    }

    private static CommitOutcome refused(ColdTarget target) {
        return new Rejected(
                MillraceException.user(target.location() + " holds rows already, and the save mode is errorIfExists"));
    }

    /** Delta may fail after its commit, in what it does besides: the table knows. */
    private static CommitOutcome afterFailure(
            Batch batch, Dataset<Row> rows, ColdTarget target, MillraceException failure) {
        // The file system refuses to work for an interrupted thread.
        boolean interrupted = Thread.interrupted();
        try {
            DeltaCommits commits = commits(batch.session(), target);
            return commits.committed(batch.id())
                    ? committed(commits.find(batch.id()), rows, List.of(failure.getMessage()))
                    : new Rejected(failure);
        } catch (RuntimeException unreadable) {
            failure.addSuppressed(unreadable);
            return new Unknown(failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Delta counts what it writes, unless a setting keeps it from that. */
    private static CommitOutcome committed(Optional<DeltaCommit> commit, Dataset<Row> rows, List<String> warnings) {
        long written = commit.filter(found -> found.metrics().containsKey(ROWS))
                .map(found -> found.metric(ROWS))
                .orElseGet(rows::count);
        return new Committed(name(commit), Counts.committed(written), Map.of(), warnings);
    }

    private static String name(Optional<DeltaCommit> commit) {
        return commit.map(found -> "version " + found.version()).orElse("an earlier version");
    }

    private static DeltaCommits commits(SparkSession session, ColdTarget target) {
        return DeltaCommits.atPath(session, target.location(), target.storageOptions());
    }
}
