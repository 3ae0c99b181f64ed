package io.millrace.parallelwrite;

import io.delta.tables.DeltaTable;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CompactionResult;
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
            generate(session, target);
            return outcome;
        } catch (Exception failed) {
            return outcome instanceof Committed committed ? warned(committed, failed) : outcome;
        }
    }

    /** Returns the result of a compaction, with a note where the manifest, which names files that are replaced, could not be written. */
    CompactionResult after(CompactionResult result, SparkSession session, ColdTarget target) {
        if (this == NONE) {
            return result;
        }
        try {
            generate(session, target);
            return result;
        } catch (Exception failed) {
            List<String> notes = new ArrayList<>(result.notes());
            notes.add("the symlink manifest was not written: " + failed.getMessage());
            return new CompactionResult(result.folders(), notes);
        }
    }

    private static void generate(SparkSession session, ColdTarget target) {
        DeltaTable.forPath(session, target.location(), target.storageOptions()).generate("symlink_format_manifest");
    }

    private static Committed warned(Committed committed, Exception failed) {
        List<String> warnings = new ArrayList<>(committed.warnings());
        warnings.add("the symlink manifest was not written: " + failed.getMessage());
        return new Committed(committed.commit(), committed.counts(), committed.details(), warnings);
    }
}
