package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.sum;

import dev.failsafe.Failsafe;
import io.delta.tables.DeltaTable;
import io.millrace.catalog.ContinuousUpdate.Compaction;
import io.millrace.catalog.ContinuousUpdate.Vacuum;
import io.millrace.spark.Sessions;
import io.millrace.spi.OutputId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Compaction and clean-up of a table by Delta's own OPTIMIZE and VACUUM. Runs after a commit, so that what fails here is a warning and no more.
 */
final class Maintenance {

    private final SparkSession session;
    private final UpsertTarget target;
    private final List<String> done = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Works in a session of its own; its commits say that they are maintenance of the output. */
    Maintenance(SparkSession session, UpsertTarget target, OutputId output) {
        this.session = Sessions.beside(session);
        this.session.conf().set("spark.databricks.delta.commitInfo.userMetadata", mark(output));
        this.target = target;
    }

    /** Returns what the commits of an output's maintenance are called. */
    static String mark(OutputId output) {
        return "maintenance of " + output;
    }

    /** Returns what was done, in words. */
    List<String> done() {
        return done;
    }

    /** Returns what went wrong. */
    List<String> warnings() {
        return warnings;
    }

    /** Rewrites the files of the table to about as many as wanted, at least one for each partition; larger files stay as they are. */
    void compact(Compaction compaction) {
        attempt("compaction", () -> {
            DeltaTable table = target.table(session);
            Row size = table.detail().select("numFiles", "sizeInBytes").head();
            long files = size.getLong(0);
            if (files <= compaction.files()) {
                done.add("compaction: nothing to do for " + files + " files");
                return;
            }
            long bytes = Math.max(1, size.getLong(1) / compaction.files() + 1);
            session.conf().set("spark.databricks.delta.optimize.maxFileSize", bytes);
            session.conf().set("spark.databricks.delta.optimize.minFileSize", bytes);
            Row result = table.optimize()
                    .executeCompaction()
                    .agg(sum("metrics.numFilesRemoved"), sum("metrics.numFilesAdded"))
                    .head();
            done.add("compaction: " + result.getLong(0) + " files into " + result.getLong(1));
        });
    }

    /** Deletes files the table no longer needs. Delta refuses a time shorter than what the table's own property asks for. */
    void vacuum(Vacuum vacuum) {
        attempt("vacuum", () -> {
            session.conf().set("spark.databricks.delta.vacuum.logging.enabled", true);
            session.conf().set("spark.databricks.delta.vacuum.retentionWindowIgnore.enabled", false);
            try {
                target.table(session).vacuum(vacuum.retentionHours());
            } catch (RuntimeException refused) {
                if (refused instanceof SparkThrowable known
                        && "DELTA_VACUUM_RETENTION_PERIOD_TOO_SHORT".equals(known.getCondition())) {
                    warnings.add("vacuum of " + target + " did not run: retentionHours = " + vacuum.retentionHours()
                            + " is less than the table keeps files; set it higher, or the table's property"
                            + " delta.deletedFileRetentionDuration lower");
                    return;
                }
                throw refused;
            }
            done.add("vacuum: files unused for " + vacuum.retentionHours() + " hours deleted");
        });
    }

    /** Deletes rows whose tombstones were added by another writer while they were merged. */
    void bury(Dataset<Row> tombstones, UpsertMerge merge, ConflictRetries retries) {
        attempt(
                "deletion of keys that were deleted elsewhere meanwhile", () -> {
                    long deleted = Failsafe.with(retries.policy())
                            .get(() -> merge.delete(session, tombstones))
                            .collectAsList()
                            .stream()
                            .mapToLong(row -> row.getLong(2))
                            .sum();
                    done.add("keys deleted elsewhere meanwhile: " + deleted);
                });
    }

    /** Forgets deleted keys whose time is over. */
    void prune(Tombstones tombstones, Instant now) {
        attempt("clean-up of tombstones", () -> {
            tombstones.prune(session, now);
            done.add("tombstones: those past their retention forgotten");
        });
    }

    /** Does something that must not fail the batch. */
    void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (Exception failed) {
            warnings.add(what + " of " + target + " failed, the batch is committed all the same: "
                    + String.valueOf(failed.getMessage()).strip());
        }
    }
}
