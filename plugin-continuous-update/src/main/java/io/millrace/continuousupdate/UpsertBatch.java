package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.OnStale;
import io.millrace.continuousupdate.spark.Checkpoints;
import io.millrace.parallelwrite.ColdTarget;
import io.millrace.spark.DeltaCommits;
import io.millrace.spark.Measured;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.Counts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One batch on its way into the table: reduced to one row per key, judged by the policies, merged. */
final class UpsertBatch implements AutoCloseable {

    private final Batch batch;
    private final ColdTarget cold;
    private final ContinuousUpdate settings;
    private final ConflictRetries retries;
    private final Instant now;
    private final SparkSession session;
    private final Checkpoints checkpoints = new Checkpoints();
    private final Phases phases = new Phases();

    UpsertBatch(Batch batch, ColdTarget cold, ContinuousUpdate settings, ConflictRetries retries, Clock clock) {
        this.batch = batch;
        this.cold = cold;
        this.settings = settings;
        this.retries = retries;
        this.now = clock.instant();
        this.session = batch.session();
    }

    /** Writes the batch. What it throws happened before anything was committed. */
    CommitOutcome write() {
        InputRows input = InputRows.of(batch.rows(), settings);
        TargetTable table = new TargetTable(session, cold);
        SchemaGrowth growth = table.schemaFor(settings, input);
        UpsertTarget target = UpsertTarget.of(cold, growth.schema(), settings);
        boolean originals = settings.onStale() == OnStale.DEAD_LETTER;
        Dataset<Row> fitted = originals ? input.fittedWithOriginals(target) : input.fitted(target);
        table.grow(growth, batch.id());
        phases.end("prepare");

        int keys = target.keys().size();
        Policies policies = new Policies(settings, target);
        Dataset<Row> winners = checkpoints.keep(Winners.of(fitted, UpsertColumns.keys(keys)));
        Winners.Count count = Winners.figures(winners, policies.withKey(), policies.admitted());
        phases.end("reduce");
        if (count.rows() == 0) {
            return new Committed("", Counts.NONE);
        }

        StoredOrdering stored = StoredOrdering.of(settings, target, input, target.rows(session));
        Admission admission = Admission.of(policies, winners, count, () -> again(target), checkpoints);
        Tombstones tombstones = new Tombstones(target, Duration.ofHours(settings.tombstoneRetentionHours()));
        if (originals) {
            Dataset<Row> known =
                    tombstones.exist(session) ? tombstones.mark(admission.winners(), now) : admission.winners();
            admission = admission.withoutStale(checkpoints.keep(
                    StaleRows.mark(known, target.rows(session), target, stored).drop(UpsertColumns.BURIED)));
        }
        admission.letters().stream().reduce(Dataset::unionByName).ifPresent(batch.deadLetters()::write);
        phases.end("judge");
        if (admission.size() == 0) {
            return new Committed("", UpsertReport.counts(count, admission, 0));
        }

        Dataset<Row> source = admission.winners();
        if (admission.deletes() > 0) {
            tombstones.add(session, batch.id(), source, now);
        }
        boolean buried = tombstones.exist(session);
        phases.end("bury");

        UpsertMerge merge = new UpsertMerge(settings, target, stored);
        long deletes = admission.deletes();
        CommitFate fate = new MergeCommit(session, target, batch.id(), retries)
                .run(() -> merge.run(mergeSession(buried), buried ? tombstones.mark(source, now) : source, deletes));
        phases.end("merge");
        if (fate instanceof CommitFate.Merged merged) {
            UpsertReport report = new UpsertReport(count, admission, merged);
            return new Committed(
                    MergeCommit.name(Optional.of(merged.commit())),
                    report.counts(),
                    report.details(stored, growth, phases),
                    warnings(stored, merged));
        }
        return ((CommitFate.Ended) fate).outcome();
    }

    /** Computes the batch's rows a second time, as they were. */
    private Dataset<Row> again(UpsertTarget target) {
        return InputRows.of(Measured.unmeasured(batch.rows()), settings).fittedWithOriginals(target);
    }

    /**
     * The tombstones are read inside the merge's transaction, so that it sees those of every commit it builds on; Delta then keeps what it read.
     * Winners alone are kept by us already.
     */
    private SparkSession mergeSession(boolean buried) {
        SparkSession own = DeltaCommits.sessionFor(session, batch.id());
        own.conf().set("spark.databricks.delta.merge.materializeSource", buried ? "auto" : "none");
        return own;
    }

    private static List<String> warnings(StoredOrdering stored, CommitFate.Merged merged) {
        List<String> warnings = new ArrayList<>(merged.warnings());
        stored.warning().ifPresent(warnings::add);
        return warnings;
    }

    @Override
    public void close() {
        checkpoints.close();
    }
}
