package io.millrace.iceberg;

import io.millrace.config.MillraceException;
import io.millrace.model.Contract;
import io.millrace.spark.SparkErrors;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CommitOutcome.Unknown;
import io.millrace.spi.Counts;
import io.millrace.spi.SchemaEnforcement;
import io.millrace.spi.SchemaGrowth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Writes a batch: its files first, then a commit that takes them, once. */
final class BatchWrite {

    private final IcebergSink sink;
    private final IcebergModel model;
    private final Batch batch;
    private final TargetTable target;

    BatchWrite(IcebergSink sink, Batch batch) {
        this.sink = sink;
        this.model = sink.model();
        this.batch = batch;
        this.target = new TargetTable(model, batch.session());
    }

    CommitOutcome write() {
        Optional<CommitOutcome> before = target.find().flatMap(this::alreadyCommitted);
        if (before.isPresent()) {
            return before.get();
        }
        Table table = target.ready(batch.data().schema());
        StagedFiles files = staged(table, fitted(table));
        CommitKind kind = model.commitKind();
        if (kind.nothingWithout(files)) {
            return new Committed("", Counts.NONE);
        }
        TableCommit.Part part = new TableCommit.Part(batch.id(), batch.mode(), files, model.snapshotProperties());
        TableCommit commit = new TableCommit(table, model.branch(), kind, sink.retries(), List.of(part));
        try {
            commit.run();
        } catch (RuntimeException failed) {
            return afterFailure(commit, table, files, failed);
        }
        return committed(table, files, List.of());
    }

    private Optional<CommitOutcome> alreadyCommitted(Table table) {
        Optional<Snapshot> snapshot = CommittedBatches.find(table, model.branch(), batch.id());
        if (snapshot.isEmpty() && CommittedBatches.expired(table, batch.id(), batch.mode())) {
            return Optional.of(new AlreadyCommitted("a snapshot that has expired"));
        }
        return snapshot.map(found -> new AlreadyCommitted(name(found)));
    }

    /** Fits rows to the table that is there, or to what it becomes. */
    private Dataset<Row> fitted(Table table) {
        Dataset<Row> rows = batch.data();
        StructType columns = SparkSchemaUtil.convert(table.schema());
        if (sink.newColumns() != Contract.Policy.EVOLVE) {
            return SchemaEnforcement.of(model.words(), columns).apply(rows);
        }
        SchemaGrowth growth = SchemaGrowth.between(columns, rows.schema());
        if (!growth.added().isEmpty()) {
            target.grow(table, growth.schema());
        }
        return SchemaEnforcement.of(model.words(), SparkSchemaUtil.convert(table.schema()))
                .filling()
                .apply(rows);
    }

    private StagedFiles staged(Table table, Dataset<Row> rows) {
        try {
            return StagedFiles.write(table, rows, model.options());
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            throw SparkErrors.of("cannot write " + model.words(), failed);
        }
    }

    private CommitOutcome committed(Table table, StagedFiles files, List<String> warnings) {
        Optional<Snapshot> snapshot;
        try {
            snapshot = CommittedBatches.find(table, model.branch(), batch.id());
        } catch (RuntimeException unreadable) {
            return new Unknown(MillraceException.external(
                    model.words() + ": the batch is written, but the table cannot be read: " + unreadable.getMessage(),
                    unreadable));
        }
        if (snapshot.isEmpty()) {
            return new Unknown(MillraceException.internal(
                    model.words() + ": the batch is written, but its snapshot is not in the table's history", null));
        }
        return new Committed(
                name(snapshot.get()), Counts.committed(files.rows()), details(snapshot.get(), files), warnings);
    }

    private static Map<String, Object> details(Snapshot snapshot, StagedFiles files) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("snapshot", Long.toString(snapshot.snapshotId()));
        details.put("files", (long) files.files().size());
        Map<String, String> summary = snapshot.summary();
        if (summary.containsKey("deleted-records")) {
            details.put("rows replaced", Long.parseLong(summary.get("deleted-records")));
        }
        return details;
    }

    /** The table itself is the last word, not what came back from the commit. */
    private CommitOutcome afterFailure(TableCommit commit, Table table, StagedFiles files, RuntimeException failed) {
        Optional<CommitOutcome> there;
        try {
            table.refresh();
            there = CommittedBatches.find(table, model.branch(), batch.id())
                    .map(found -> commit.foundThere().isEmpty()
                            ? committed(
                                    table,
                                    files,
                                    List.of("the batch is committed, but after that: " + failed.getMessage()))
                            : new AlreadyCommitted(name(found)));
        } catch (RuntimeException unreadable) {
            failed.addSuppressed(unreadable);
            return new Unknown(reason(table, failed));
        }
        if (there.isPresent()) {
            return there.get();
        }
        if (failed instanceof CleanableFailure) {
            files.delete(table);
            return new Rejected(reason(table, failed));
        }
        return new Unknown(reason(table, failed));
    }

    private MillraceException reason(Table table, RuntimeException failed) {
        return failed instanceof CommitFailedException
                ? MillraceException.external(gaveUp(table), failed)
                : IcebergErrors.of("cannot commit to " + model.words(), failed);
    }

    private String gaveUp(Table table) {
        return model.words() + ": gave up after " + sink.retries().attempts()
                + " attempts to commit, because others came first; the last one was "
                + OtherCommit.last(table, model.branch())
                + ". Nothing of this batch is in the table: run it again, or let fewer jobs write the table at the same time";
    }

    private static String name(Snapshot snapshot) {
        return "snapshot " + snapshot.snapshotId();
    }
}
