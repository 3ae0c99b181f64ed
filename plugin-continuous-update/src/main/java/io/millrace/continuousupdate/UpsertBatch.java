package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.OnStale;
import io.millrace.continuousupdate.spark.Checkpoints;
import io.millrace.parallelwrite.ColdTarget;
import io.millrace.spark.Measured;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.Counts;
import io.millrace.spi.SchemaGrowth;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One batch on its way into the table: reduced to one row per key, judged by the policies, and handed to the merge. */
final class UpsertBatch implements AutoCloseable {

    private final Batch batch;
    private final ContinuousUpdate settings;
    private final Instant now;
    private final SparkSession session;
    private final Checkpoints checkpoints = new Checkpoints();
    private final Phases phases = new Phases();

    UpsertBatch(Batch batch, ContinuousUpdate settings, Instant now) {
        this.batch = batch;
        this.settings = settings;
        this.now = now;
        this.session = batch.session();
    }

    /** Writes the batch. What it throws happened before anything was committed. */
    CommitOutcome write(ColdTarget cold, ConflictRetries retries, MaintenanceSchedule schedule) {
        InputRows input = InputRows.of(batch.rows(), settings);
        TargetTable table = new TargetTable(session, cold);
        SchemaGrowth growth = table.schemaFor(settings, input);
        UpsertTarget target = UpsertTarget.of(cold, growth.schema(), settings);
        Dataset<Row> fitted =
                settings.onStale() == OnStale.DEAD_LETTER ? input.fittedWithOriginals(target) : input.fitted(target);
        table.grow(growth, batch.id());
        phases.end("prepare");

        Policies policies = new Policies(settings, target);
        Dataset<Row> winners = checkpoints.keep(
                Winners.of(fitted, UpsertColumns.keys(target.keys().size())));
        Winners.Count count = Winners.figures(winners, policies);
        phases.end("reduce");
        if (count.rows() == 0) {
            return new Committed("", Counts.NONE);
        }

        Trouble trouble = Trouble.in(winners, count, policies);
        StoredOrdering stored = StoredOrdering.of(settings, target, input, target.rows(session));
        Tombstones tombstones = new Tombstones(target, settings);
        Admission admission = admission(policies, winners, count, trouble, stored, tombstones);
        admission.letters().stream().reduce(Dataset::unionByName).ifPresent(batch.deadLetters()::write);
        phases.end("judge");

        UpsertReport report = new UpsertReport(count, admission, trouble, stored, growth, phases);
        if (admission.size() == 0) {
            return new Committed("", report.counts(0), report.details(), stored.warnings());
        }
        UpsertMerge merge = new UpsertMerge(settings, target, stored, count.range());
        return new MergeStep(batch, target, tombstones, now).run(merge, report, retries, schedule);
    }

    private Admission admission(
            Policies policies,
            Dataset<Row> winners,
            Winners.Count count,
            Trouble trouble,
            StoredOrdering stored,
            Tombstones tombstones) {
        UpsertTarget target = policies.target();
        Admission admission = Admission.of(policies, winners, count, trouble, () -> again(target), checkpoints);
        if (settings.onStale() != OnStale.DEAD_LETTER) {
            return admission;
        }
        Dataset<Row> marked =
                StaleRows.mark(tombstones.mark(admission.winners(), now), target.rows(session), target, stored);
        return admission.withoutStale(checkpoints.keep(marked.drop(UpsertColumns.BURIED)));
    }

    /** Computes the batch's rows a second time, as they were. */
    private Dataset<Row> again(UpsertTarget target) {
        return InputRows.of(Measured.unmeasured(batch.rows()), settings).fittedWithOriginals(target);
    }

    @Override
    public void close() {
        checkpoints.close();
    }
}
