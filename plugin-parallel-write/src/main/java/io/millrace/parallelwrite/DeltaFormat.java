package io.millrace.parallelwrite;

import io.millrace.catalog.EntityFormat;
import io.millrace.catalog.SaveMode;
import io.millrace.config.MillraceException;
import io.millrace.internal.spark.delta.DeltaColumns;
import io.millrace.internal.spark.delta.DeltaCommits;
import io.millrace.internal.spark.delta.DeltaCompaction;
import io.millrace.internal.spark.delta.DeltaTarget;
import io.millrace.internal.spark.files.FileSizes;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.ComputedColumns;
import io.millrace.spi.Counts;
import io.millrace.spi.OutputId;
import io.millrace.spi.OverwriteMode;
import io.millrace.spi.Preparation;
import io.millrace.spi.Preparation.Commit;
import io.millrace.spi.SchemaGrowth;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Delta tables: the batch's identity travels with the commit, so Delta itself skips a batch it holds. */
public final class DeltaFormat implements ColdFormat {

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
    public CommitOutcome write(Batch batch, Dataset<Row> rows, WriteSettings write, ColdTarget target) {
        DeltaTarget table = new DeltaTarget(commits(batch.session(), target), target.toString(), commit -> Map.of());
        return Preparation.asking("cannot write " + target, () -> {
            Optional<CommitOutcome> before = table.before(batch.id());
            return before.isPresent()
                    ? before::get
                    : () -> Preparation.of("cannot write " + target, () -> prepared(batch, rows, write, target, table));
        });
    }

    private Commit prepared(Batch batch, Dataset<Row> rows, WriteSettings write, ColdTarget target, DeltaTarget table) {
        SaveMode mode = write.mode();
        boolean exists = table.commits().tableExists();
        boolean decidedByContent = mode == SaveMode.IGNORE || mode == SaveMode.ERROR_IF_EXISTS;
        if (decidedByContent && exists && holdsRows(batch.session(), target)) {
            CommitOutcome outcome =
                    mode == SaveMode.IGNORE ? new Committed("", new Counts(0, rows.count(), 0, 0, 0)) : refused(target);
            return () -> outcome;
        }
        Map<String, String> options = new HashMap<>(target.storageOptions());
        Long size = write.targetFileSize();
        if (size != null) {
            options.putAll(FileSizes.deltaOptions());
        }
        return () -> table.write(
                batch,
                size == null ? rows : new FileSizes(size).forDelta(rows),
                exists,
                overwrite(write),
                target.partitionColumns(),
                options);
    }

    private static @Nullable OverwriteMode overwrite(WriteSettings write) {
        if (write.mode() != SaveMode.OVERWRITE) {
            return null;
        }
        return write.samePartitions() ? OverwriteMode.DYNAMIC : OverwriteMode.STATIC;
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

    private static DeltaCommits commits(SparkSession session, ColdTarget target) {
        return DeltaCommits.atPath(session, target.location(), target.storageOptions());
    }
}
