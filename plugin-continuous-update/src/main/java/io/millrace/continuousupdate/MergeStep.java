package io.millrace.continuousupdate;

import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CommitOutcome.Unknown;
import io.millrace.spi.upsert.MergeOutcome;
import io.millrace.spi.upsert.MergeOutcome.Ended;
import io.millrace.spi.upsert.MergeOutcome.Merged;
import io.millrace.spi.upsert.MergeTable;
import io.millrace.spi.upsert.RowMerge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The part of a batch that changes the table: tombstones, the merge, and what is due after it. */
final class MergeStep {

    private final Batch batch;
    private final MergeTable table;
    private final UpsertMerge merge;
    private final Tombstones tombstones;
    private final Instant now;

    MergeStep(Batch batch, MergeTable table, UpsertMerge merge, Tombstones tombstones, Instant now) {
        this.batch = batch;
        this.table = table;
        this.merge = merge;
        this.tombstones = tombstones;
        this.now = now;
    }

    /**
     * Runs it.
     *
     * @param due does what is due after every so many commits
     */
    CommitOutcome run(UpsertReport report, Consumer<UpsertMaintenance> due) {
        Dataset<Row> winners = report.passed().winners();
        long deletes = report.passed().deletes();
        if (deletes > 0) {
            CommitOutcome remembered = tombstones.add(batch, winners, now);
            if (remembered instanceof Rejected || remembered instanceof Unknown) {
                return remembered;
            }
        }
        long version = tombstones.version();
        report.phases().end("tombstones");

        MergeOutcome outcome = table.merge(batch, () -> merge(winners, deletes));
        report.phases().end("merge");
        if (!(outcome instanceof Merged merged)) {
            return ended(((Ended) outcome).outcome(), deletes);
        }
        List<String> warnings = new ArrayList<>(merged.warnings());
        warnings.addAll(report.stored().warnings());
        UpsertMaintenance maintenance = new UpsertMaintenance(table.toString());
        maintenance.attempt("what is due after the commit", () -> {
            if (tombstones.version() != version) {
                deleteKeysDeletedElsewhere(winners, maintenance);
            }
            due.accept(maintenance);
            if (deletes > 0 && tombstones.needPruning()) {
                prune(maintenance);
            }
        });
        report.phases().end("maintain");
        warnings.addAll(maintenance.warnings());

        Map<String, Object> details = new LinkedHashMap<>(report.details(merged));
        if (!maintenance.done().isEmpty()) {
            details.put("maintenance", List.copyOf(maintenance.done()));
        }
        return new Committed(merged.commit(), report.counts(merged), details, warnings);
    }

    /** Keys that are remembered as deleted keep older rows out: then the batch must come again, with the deletions themselves. */
    private static CommitOutcome ended(CommitOutcome outcome, long deletes) {
        return outcome instanceof Rejected rejected && deletes > 0 ? new Unknown(rejected.reason()) : outcome;
    }

    /** Winners alone are kept already; what is marked by tombstones depends on when these are read. */
    private RowMerge merge(Dataset<Row> winners, long deletes) {
        boolean marked = tombstones.version() >= 0;
        return merge.of(marked ? tombstones.mark(winners, now) : winners, !marked, deletes);
    }

    /** Deletes rows whose tombstones were added by another writer while they were merged. */
    private void deleteKeysDeletedElsewhere(Dataset<Row> winners, UpsertMaintenance maintenance) {
        maintenance.attempt(
                "deletion of keys that were deleted elsewhere meanwhile",
                () -> maintenance.did("keys deleted elsewhere meanwhile: "
                        + table.repair(batch.id().output(), merge.deletion(tombstones.over(winners, now)))));
    }

    /** Forgets deleted keys whose time is over. */
    private void prune(UpsertMaintenance maintenance) {
        maintenance.attempt("clean-up of tombstones", () -> {
            tombstones.prune(now);
            maintenance.did("tombstones: those past their retention forgotten");
        });
    }
}
