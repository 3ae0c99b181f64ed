package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.Compaction;
import io.millrace.catalog.ContinuousUpdate.Vacuum;
import io.millrace.catalog.Spelling;
import io.millrace.spi.OutputId;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Counts the committed batches of an output since its last maintenance. What happened before this process is read from the table's history, so
 * that runs of one batch each count too.
 */
final class UpsertMaintenanceSchedule {

    private static final int LOOK_BACK = 10;

    private final ContinuousUpdate settings;
    private final Spelling spelling;
    private @Nullable String location;
    private int sinceCompaction;
    private int sinceVacuum;

    UpsertMaintenanceSchedule(ContinuousUpdate settings, Spelling spelling) {
        this.settings = settings;
        this.spelling = spelling;
    }

    /** Takes note of a commit, and does what is due now. */
    void run(SparkSession session, DeltaPlace target, OutputId output, UpsertMaintenance maintenance) {
        Compaction compaction = settings.compaction();
        Vacuum vacuum = settings.vacuum();
        if (compaction == null && vacuum == null) {
            return;
        }
        if (target.location().equals(location)) {
            sinceCompaction++;
            sinceVacuum++;
        } else {
            remember(session, target, output);
        }
        DeltaUpsertMaintenance work = new DeltaUpsertMaintenance(session, target, output, maintenance, spelling);
        if (compaction != null && sinceCompaction >= compaction.frequency()) {
            sinceCompaction = 0;
            work.compact(compaction);
        }
        if (vacuum != null && sinceVacuum >= vacuum.frequency()) {
            sinceVacuum = 0;
            work.vacuum(vacuum);
        }
    }

    private void remember(SparkSession session, DeltaPlace target, OutputId output) {
        location = target.location();
        List<Row> history = target.table(session)
                .history(frequency() * LOOK_BACK)
                .select(col("operation"), coalesce(col("userMetadata"), lit("")))
                .collectAsList();
        sinceCompaction = commitsSince("OPTIMIZE", history, output);
        sinceVacuum = commitsSince("VACUUM END", history, output);
    }

    private int frequency() {
        Compaction compaction = settings.compaction();
        Vacuum vacuum = settings.vacuum();
        return Math.max(compaction == null ? 0 : compaction.frequency(), vacuum == null ? 0 : vacuum.frequency());
    }

    private static int commitsSince(String operation, List<Row> newestFirst, OutputId output) {
        int commits = 0;
        for (Row commit : newestFirst) {
            String by = commit.getString(1);
            if (commit.getString(0).equals(operation) && by.equals(DeltaUpsertMaintenance.mark(output))) {
                break;
            }
            if (by.startsWith(output + "#")) {
                commits++;
            }
        }
        return commits;
    }
}
