package io.millrace.parallelwrite;

import io.delta.tables.DeltaTable;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Writes the symlink manifest of a Delta table, by which engines that read no Delta find its files. */
enum SymlinkManifest {
    /** After each commit. */
    WRITTEN,
    /** Never. */
    NONE;

    static SymlinkManifest of(boolean wanted) {
        return wanted ? WRITTEN : NONE;
    }

    /** Returns the outcome, with a warning where the manifest could not be written: the rows are committed all the same. */
    CommitOutcome after(CommitOutcome outcome, SparkSession session, ColdTarget target) {
        boolean commit = outcome instanceof Committed || outcome instanceof CommitOutcome.AlreadyCommitted;
        if (this == NONE || !commit) {
            return outcome;
        }
        try {
            DeltaTable.forPath(session, target.location(), target.storageOptions())
                    .generate("symlink_format_manifest");
            return outcome;
        } catch (Exception failed) {
            return outcome instanceof Committed committed ? warned(committed, failed) : outcome;
        }
    }

    private static Committed warned(Committed committed, Exception failed) {
        List<String> warnings = new ArrayList<>(committed.warnings());
        warnings.add("the symlink manifest was not written: " + failed.getMessage());
        return new Committed(committed.commit(), committed.counts(), committed.details(), warnings);
    }
}
