package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.OnStale;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.Counts;
import io.millrace.spi.Preparation.Commit;
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
    private final UpsertWording wording;
    private final Instant now;
    private final MaterializedRows materialized = new MaterializedRows();
    private final UpsertTimings phases = new UpsertTimings();

    UpsertBatch(Batch batch, ContinuousUpdate settings, UpsertWording wording, Instant now) {
        this.batch = batch;
        this.settings = settings;
        this.wording = wording;
        this.now = now;
    }

    /** Returns how the batch is committed. Only its dead letters, and columns that the table gets, are committed before. */
    Commit prepared(MergeTable table, Consumer<UpsertMaintenance> due) {
        InputRows input = InputRows.of(batch.rows(), settings, wording);
        UpsertSchema columns = new UpsertSchema(wording, table);
        SchemaGrowth growth = columns.schemaFor(settings, input);
        UpsertTarget target =
                UpsertTarget.of(wording, growth.schema(), table.computedColumns(), input.columns(), settings);
        Dataset<Row> fitted =
                settings.onStale() == OnStale.DEAD_LETTER ? input.fittedWithOriginals(target) : input.fitted(target);
        columns.grow(growth, batch);
        phases.end("prepare");

        Policies policies = new Policies(settings, target);
        Dataset<Row> winners = materialized.keep(
                Winners.of(fitted, UpsertColumns.keys(target.keys().size())));
        Winners.Count count = Winners.figures(winners, policies);
        phases.end("reduce");
        if (count.rows() == 0) {
            return () -> new Committed("", Counts.NONE);
        }

        SampleKeys samples = SampleKeys.in(winners, count, policies);
        StoredOrdering stored = StoredOrdering.of(settings, target, input, table.rows());
        Tombstones tombstones = new Tombstones(target, table.beside(), settings);
        PolicyResult passed = passed(policies, winners, count, samples, table, stored, tombstones);
        passed.letters().stream().reduce(Dataset::unionByName).ifPresent(batch.deadLetters()::write);
        phases.end("judge");

        UpsertReport report = new UpsertReport(count, passed, samples, stored, growth, phases);
        if (passed.size() == 0) {
            return () -> new Committed("", report.counts(0), report.details(), stored.warnings());
        }
        if (passed.deletes() > 0) {
            tombstones.requireOrdering(winners);
        }
        UpsertMerge merge = new UpsertMerge(settings, target, stored, count.range());
        return () -> new MergeStep(batch, table, merge, tombstones, now).run(report, due);
    }

    private PolicyResult passed(
            Policies policies,
            Dataset<Row> winners,
            Winners.Count count,
            SampleKeys samples,
            MergeTable table,
            StoredOrdering stored,
            Tombstones tombstones) {
        UpsertTarget target = policies.target();
        PolicyResult passed = PolicyResult.of(policies, winners, count, samples, () -> again(target), materialized);
        if (settings.onStale() != OnStale.DEAD_LETTER) {
            return passed;
        }
        Dataset<Row> marked = StaleRows.mark(tombstones.mark(passed.winners(), now), table.rows(), target, stored);
        return passed.withoutStale(materialized.keep(marked.drop(UpsertColumns.DELETED_BEFORE)));
    }

    /** Computes the batch's rows a second time, as they were. */
    private Dataset<Row> again(UpsertTarget target) {
        return InputRows.of(batch.uncounted().get(), settings, wording).fittedWithOriginals(target);
    }

    @Override
    public void close() {
        materialized.close();
    }
}
