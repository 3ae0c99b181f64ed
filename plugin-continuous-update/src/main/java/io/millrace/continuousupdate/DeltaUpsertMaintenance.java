package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.sum;

import io.delta.tables.DeltaTable;
import io.millrace.catalog.ContinuousUpdate.Compaction;
import io.millrace.catalog.ContinuousUpdate.Vacuum;
import io.millrace.catalog.Spelling;
import io.millrace.catalog.UpsertSetting;
import io.millrace.internal.spark.Sessions;
import io.millrace.spi.OutputId;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Compaction and clean-up of a table by Delta's own OPTIMIZE and VACUUM. */
final class DeltaUpsertMaintenance {

    private final SparkSession session;
    private final DeltaPlace target;
    private final UpsertMaintenance maintenance;
    private final String retentionHours;

    /** @param spelling how messages write the settings */
    DeltaUpsertMaintenance(
            SparkSession session,
            DeltaPlace target,
            OutputId output,
            UpsertMaintenance maintenance,
            Spelling spelling) {
        this.retentionHours = UpsertSetting.RETENTION_HOURS.key(spelling);
        this.session = session(session, output);
        this.target = target;
        this.maintenance = maintenance;
    }

    /** Returns what the commits of an output's maintenance are called. */
    static String mark(OutputId output) {
        return "maintenance of " + output;
    }

    /** Returns a session beside another whose commits say that they are maintenance of an output. */
    static SparkSession session(SparkSession session, OutputId output) {
        SparkSession own = Sessions.beside(session);
        own.conf().set("spark.databricks.delta.commitInfo.userMetadata", mark(output));
        return own;
    }

    /** Rewrites the files of the table to about as many as wanted, at least one for each partition; larger files stay as they are. */
    void compact(Compaction compaction) {
        maintenance.attempt("compaction", () -> {
            DeltaTable table = target.table(session);
            Row size = table.detail().select("numFiles", "sizeInBytes").head();
            long files = size.getLong(0);
            if (files <= compaction.files()) {
                maintenance.did("compaction: nothing to do for " + files + " files");
                return;
            }
            long bytes = Math.max(1, size.getLong(1) / compaction.files() + 1);
            session.conf().set("spark.databricks.delta.optimize.maxFileSize", bytes);
            session.conf().set("spark.databricks.delta.optimize.minFileSize", bytes);
            Row result = table.optimize()
                    .executeCompaction()
                    .agg(sum("metrics.numFilesRemoved"), sum("metrics.numFilesAdded"))
                    .head();
            maintenance.did("compaction: " + result.getLong(0) + " files into " + result.getLong(1));
        });
    }

    /** Deletes files the table no longer needs. Delta refuses a time shorter than what the table's own property asks for. */
    void vacuum(Vacuum vacuum) {
        maintenance.attempt("vacuum", () -> {
            session.conf().set("spark.databricks.delta.vacuum.logging.enabled", true);
            session.conf().set("spark.databricks.delta.vacuum.retentionWindowIgnore.enabled", false);
            try {
                target.table(session).vacuum(vacuum.retentionHours());
            } catch (RuntimeException refused) {
                if (refused instanceof SparkThrowable known
                        && "DELTA_VACUUM_RETENTION_PERIOD_TOO_SHORT".equals(known.getCondition())) {
                    maintenance.warn(
                            "vacuum of " + target + " did not run: " + retentionHours + " = " + vacuum.retentionHours()
                                    + " is less than the table keeps files; set it higher, or the table's property"
                                    + " delta.deletedFileRetentionDuration lower");
                    return;
                }
                throw refused;
            }
            maintenance.did("vacuum: files unused for " + vacuum.retentionHours() + " hours deleted");
        });
    }
}
