package io.millrace.iceberg.internal.commit;

import io.millrace.config.MillraceException;
import io.millrace.iceberg.internal.catalog.IcebergErrors;
import io.millrace.iceberg.internal.spark.TableFilter;
import io.millrace.iceberg.internal.table.CommitSharing;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.iceberg.internal.table.WriteKind;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CommitOutcome.Unknown;
import io.millrace.spi.Counts;
import io.millrace.spi.Preparation.Commit;
import io.millrace.spi.SchemaEnforcement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Writes a batch: its files first, then a commit that takes them, once. */
final class BatchWrite {

    private final TableWrite write;
    private final IcebergModel model;
    private final WriteKind kind;
    private final Batch batch;
    private final BatchHistory history;

    BatchWrite(TableWrite write, Batch batch, BatchHistory history) {
        this.write = write;
        this.model = write.model();
        this.kind = model.commitKind();
        this.batch = batch;
        this.history = history;
    }

    /** Returns how the batch is committed; its files are written then, and nobody reads them. */
    Commit prepared(Table table) throws Exception {
        @Nullable Expression replaced = replaced();
        StagedFiles files = StagedFiles.write(table, fitted(table), model.options());
        return () -> isNothing(files) ? new Committed("", Counts.NONE) : committed(table, replaced, files);
    }

    /** Returns the rows that the batch takes the place of, where it says so itself. */
    private @Nullable Expression replaced() throws Exception {
        String condition = batch.replaces();
        try {
            return condition == null
                    ? null
                    : TableFilter.of(batch.session(), model.table().sql(model.branch()), condition);
        } catch (IllegalArgumentException untranslatable) {
            throw MillraceException.user(
                    model.words() + ": Iceberg cannot find the rows to replace by " + condition
                            + "; compare columns with values, by =, <, >, IN, BETWEEN, AND and OR",
                    untranslatable);
        }
    }

    /** An overwrite by no rows empties the table, or the part of it that is replaced. */
    private boolean isNothing(StagedFiles files) {
        return kind != WriteKind.OVERWRITE
                && batch.replaces() == null
                && files.files().isEmpty();
    }

    private Dataset<Row> fitted(Table table) {
        SchemaEnforcement columns = SchemaEnforcement.of(model.words(), SparkSchemaUtil.convert(table.schema()));
        return (write.evolves() ? columns.filling() : columns).apply(batch.data());
    }

    private CommitOutcome committed(Table table, @Nullable Expression replaced, StagedFiles files) {
        TableCommit.Part part = new TableCommit.Part(batch.id(), batch.mode(), files, model.snapshotProperties());
        if (model.commit() == CommitSharing.SHARED && replaced == null) {
            return shared(table, files, part);
        }
        TableCommit commit = new TableCommit(table, model.branch(), kind, replaced, write.retries(), List.of(part));
        try {
            commit.run();
        } catch (RuntimeException failed) {
            boolean byOthers = !commit.foundThere().isEmpty();
            return history.failed(table, failed, byOthers, files.rows(), () -> files.delete(table));
        }
        return history.committed(table, files.rows(), List.of());
    }

    private CommitOutcome shared(Table table, StagedFiles files, TableCommit.Part part) {
        CommitQueue queue = SharedCommits.of(batch.session()).queue(model, table);
        Supplier<CommitOutcome> ending;
        try {
            CommitQueue.Outcome outcome = queue.commit(part, table, model.branch(), write.retries());
            ending = () -> ended(outcome, table, files);
        } catch (CancellationException stopped) {
            ending = () -> cancelled(stopped, table, files);
        }
        // The file system refuses to work for an interrupted thread.
        boolean interrupted = Thread.interrupted();
        try {
            return ending.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private CommitOutcome cancelled(CancellationException stopped, Table table, StagedFiles files) {
        files.delete(table);
        return new Rejected(MillraceException.external(
                model.words() + ": the batch is not committed: " + stopped.getMessage(), stopped));
    }

    private CommitOutcome ended(CommitQueue.Outcome outcome, Table table, StagedFiles files) {
        if (outcome.failure() != null) {
            return history.failed(
                    table, outcome.failure(), outcome.byOthers(), files.rows(), () -> files.delete(table));
        }
        try {
            table.refresh();
        } catch (RuntimeException unreadable) {
            return new Unknown(IcebergErrors.of("cannot read " + model.words(), unreadable));
        }
        return withOwnFiles(history.committed(table, files.rows(), List.of()), files, outcome.batches());
    }

    /** The snapshot's own figures are those of all who share it. */
    private static CommitOutcome withOwnFiles(CommitOutcome outcome, StagedFiles files, int batches) {
        if (!(outcome instanceof Committed committed)) {
            return outcome;
        }
        Map<String, Object> details = new LinkedHashMap<>(committed.details());
        details.put("files", (long) files.files().size());
        details.put("batches in the snapshot", (long) batches);
        return new Committed(committed.commit(), committed.counts(), details, committed.warnings());
    }
}
