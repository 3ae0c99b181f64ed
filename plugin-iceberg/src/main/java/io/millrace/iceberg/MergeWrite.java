package io.millrace.iceberg;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import io.millrace.config.MillraceException;
import io.millrace.iceberg.spark.ActiveSession;
import io.millrace.iceberg.spark.SettledRows;
import io.millrace.spark.SparkErrors;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.Counts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.CommitMetadata;
import org.apache.spark.sql.SparkSession;

/** Merges a batch into a table by MERGE, which reads the table too: where somebody else's commit touches what it has read, it is done again. */
final class MergeWrite {

    private final IcebergSink sink;
    private final IcebergModel model;
    private final MergeClauses clauses;
    private final Batch batch;
    private final SparkSession session;
    private final TargetTable target;
    private final CommitFate fate;

    MergeWrite(IcebergSink sink, MergeClauses clauses, Batch batch, TargetTable target, CommitFate fate) {
        this.sink = sink;
        this.model = sink.model();
        this.clauses = clauses;
        this.batch = batch;
        this.session = batch.session();
        this.target = target;
        this.fate = fate;
    }

    CommitOutcome write(Table table) {
        target.branch(table);
        String view = "millrace_" + UUID.randomUUID().toString().replace('-', '_'); // of this attempt only
        try (SettledRows settled = settled()) {
            settled.rows().createOrReplaceTempView(view);
            return merged(table, view, settled.rows().count());
        } finally {
            session.catalog().dropTempView(view);
        }
    }

    /** MERGE reads the rows twice: to find the files it has to rewrite, and to write them. */
    private SettledRows settled() {
        try {
            return SettledRows.of(batch.data());
        } catch (RuntimeException failed) {
            throw SparkErrors.of("cannot merge into " + model.words(), failed);
        }
    }

    private CommitOutcome merged(Table table, String view, long rows) {
        try {
            Failsafe.with(sink.retries().mergePolicy()).run(() -> merge(view));
        } catch (RuntimeException failed) {
            Exception cause = failed instanceof FailsafeException && failed.getCause() instanceof Exception checked
                    ? checked
                    : failed;
            return fate.failed(table, cause, false, rows, () -> {});
        }
        try {
            table.refresh();
        } catch (RuntimeException unreadable) {
            return new CommitOutcome.Unknown(IcebergErrors.of("cannot read " + model.words(), unreadable));
        }
        if (CommittedBatches.find(table, model.branch(), batch.id()).isEmpty()) {
            return new Committed("", Counts.committed(rows)); // nothing was to be done
        }
        return fate.committed(table, rows, remembered(table));
    }

    private void merge(String view) throws Exception {
        Map<String, String> properties = new HashMap<>(model.snapshotProperties());
        properties.put(CommittedBatches.key(batch.id()), batch.id().toString());
        String statement = clauses.statement(model.table().sql(model.branch()), view);
        ActiveSession.in(
                session,
                () -> CommitMetadata.withCommitProperties(properties, () -> session.sql(statement), Exception.class));
    }

    /** A MERGE commits by itself, and nothing beside; so a stream's last batch is remembered after it. */
    private List<String> remembered(Table table) {
        Optional<Map.Entry<String, String>> last = CommittedBatches.last(batch.id(), batch.mode());
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
