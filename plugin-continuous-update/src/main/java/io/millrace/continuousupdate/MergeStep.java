package io.millrace.continuousupdate;

import io.millrace.spark.DeltaCommits;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.OutputId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The part of a batch that changes the table: tombstones, the merge, and what is due after it. */
final class MergeStep {

    private final Batch batch;
    private final SparkSession session;
    private final UpsertTarget target;
    private final Tombstones tombstones;
    private final Instant now;

    MergeStep(Batch batch, UpsertTarget target, Tombstones tombstones, Instant now) {
        this.batch = batch;
        this.session = batch.session();
        this.target = target;
        this.tombstones = tombstones;
        this.now = now;
    }

    CommitOutcome run(UpsertMerge merge, UpsertReport report, ConflictRetries retries, MaintenanceSchedule schedule) {
        Dataset<Row> winners = report.admission().winners();
        long deletes = report.admission().deletes();
        if (deletes > 0) {
            tombstones.add(session, batch.id(), winners, now);
        }
        long buried = tombstones.version(session);
        report.phases().end("bury");

        CommitFate fate =
                new MergeCommit(session, target, batch.id(), retries).run(() -> merge(merge, winners, deletes));
        report.phases().end("merge");
        if (!(fate instanceof CommitFate.Merged merged)) {
            return ((CommitFate.Ended) fate).outcome();
        }
        List<String> warnings = new ArrayList<>(merged.warnings());
        warnings.addAll(report.stored().warnings());
        Maintenance maintenance = new Maintenance(session, target, output());
        maintenance.attempt("what is due after the commit", () -> {
            if (tombstones.version(session) != buried) {
                maintenance.bury(tombstones.over(winners, now), merge, retries);
            }
            due(schedule, deletes).forEach(work -> work.accept(maintenance));
        });
        report.phases().end("maintain");
        warnings.addAll(maintenance.warnings());

        Map<String, Object> details = new LinkedHashMap<>(report.details(merged));
        if (!maintenance.done().isEmpty()) {
            details.put("maintenance", List.copyOf(maintenance.done()));
        }
        return new Committed(MergeCommit.name(Optional.of(merged.commit())), report.counts(merged), details, warnings);
    }

    /**
     * Merges in a session of its own. The tombstones are read inside the merge's transaction, so that it sees those of every commit it builds on;
     * Delta then keeps the rows it made of them. Winners alone are kept already.
     */
    private Dataset<Row> merge(UpsertMerge merge, Dataset<Row> winners, long deletes) {
        boolean buried = tombstones.version(session) >= 0;
        SparkSession own = DeltaCommits.sessionFor(session, batch.id());
        own.conf().set("spark.databricks.delta.merge.materializeSource", buried ? "auto" : "none");
        return merge.run(own, buried ? tombstones.mark(winners, now) : winners, deletes);
    }

    private List<Consumer<Maintenance>> due(MaintenanceSchedule schedule, long deletes) {
        List<Consumer<Maintenance>> due = new ArrayList<>(schedule.due(session, target, output()));
        if (deletes > 0 && tombstones.needPruning(session)) {
            due.add(maintenance -> maintenance.prune(tombstones, now));
        }
        return due;
    }

    private OutputId output() {
        return batch.id().output();
    }
}
