package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.OnStale;
import io.millrace.spark.Measured;
import io.millrace.spark.Preparation.Commit;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.Counts;
import io.millrace.spi.SchemaGrowth;
import io.millrace.spi.upsert.MergeTable;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One batch on its way into the table: reduced to one row per key, judged by the policies, and handed to the merge. */
final class UpsertBatch implements AutoCloseable {

    private final Batch batch;
    private final ContinuousUpdate settings;
    private final Wording wording;
    private final Instant now;
    private final Checkpoints checkpoints = new Checkpoints();
    private final Phases phases = new Phases();

    UpsertBatch(Batch batch, ContinuousUpdate settings, Wording wording, Instant now) {
        this.batch = batch;
        this.settings = settings;
        this.wording = wording;
        this.now = now;
    }

    /** Returns how the batch is committed. Only its dead letters, and columns that the table gets, are committed before. */
    Commit prepared(MergeTable table, Consumer<Maintenance> due) {
        InputRows input = InputRows.of(batch.rows(), settings, wording);
        TargetTable columns = new TargetTable(wording, table);
        SchemaGrowth growth = columns.schemaFor(settings, input);
        UpsertTarget target =
                UpsertTarget.of(wording, growth.schema(), table.computedColumns(), input.columns(), settings);
        Dataset<Row> fitted =
                settings.onStale() == OnStale.DEAD_LETTER ? input.fittedWithOriginals(target) : input.fitted(target);
        columns.grow(growth, batch);
        phases.end("prepare");

        Policies policies = new Policies(settings, target);
        Dataset<Row> winners = checkpoints.keep(
                Winners.of(fitted, UpsertColumns.keys(target.keys().size())));
        Winners.Count count = Winners.figures(winners, policies);
        phases.end("reduce");
        if (count.rows() == 0) {
            return () -> new Committed("", Counts.NONE);
        }

        Trouble trouble = Trouble.in(winners, count, policies);
        StoredOrdering stored = StoredOrdering.of(settings, target, input, table.rows());
        Tombstones tombstones = new Tombstones(target, table.beside(), settings);
        Admission admission = admission(policies, winners, count, trouble, table, stored, tombstones);
        admission.letters().stream().reduce(Dataset::unionByName).ifPresent(batch.deadLetters()::write);
        phases.end("judge");

        UpsertReport report = new UpsertReport(count, admission, trouble, stored, growth, phases);
        if (admission.size() == 0) {
            return () -> new Committed("", report.counts(0), report.details(), stored.warnings());
        }
        if (admission.deletes() > 0) {
            tombstones.requireOrdering(winners);
        }
        UpsertMerge merge = new UpsertMerge(settings, target, stored, count.range());
        return () -> new MergeStep(batch, table, merge, tombstones, now).run(report, due);
    }

    private Admission admission(
            Policies policies,
            Dataset<Row> winners,
            Winners.Count count,
            Trouble trouble,
            MergeTable table,
            StoredOrdering stored,
            Tombstones tombstones) {
        UpsertTarget target = policies.target();
        Admission admission = Admission.of(policies, winners, count, trouble, () -> again(target), checkpoints);
        if (settings.onStale() != OnStale.DEAD_LETTER) {
            return admission;
        }
        Dataset<Row> marked = StaleRows.mark(tombstones.mark(admission.winners(), now), table.rows(), target, stored);
        return admission.withoutStale(checkpoints.keep(marked.drop(UpsertColumns.BURIED)));
    }

    /** Computes the batch's rows a second time, as they were. */
    private Dataset<Row> again(UpsertTarget target) {
        return InputRows.of(Measured.unmeasured(batch.rows()), settings, wording)
                .fittedWithOriginals(target);
    }

    @Override
    public void close() {
        checkpoints.close();
    }
}
