package io.millrace.parallelwrite;

import io.delta.tables.DeltaTable;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CompactionResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Writes the symlink manifest of a Delta table, by which engines that read no Delta find its files. */
public enum SymlinkManifest {
    /** After each commit. */
    WRITTEN,
    /** Never. */
    NONE;

    /** Returns {@link #WRITTEN} where it is wanted. */
    public static SymlinkManifest of(boolean wanted) {
        return wanted ? WRITTEN : NONE;
    }

    /**
     * Returns the outcome of a batch, with a warning where the manifest could not be written: the rows are committed all the same.
     *
     * @param table opens the table
     */
    public CommitOutcome after(CommitOutcome outcome, Supplier<DeltaTable> table) {
        boolean commit = outcome instanceof Committed || outcome instanceof CommitOutcome.AlreadyCommitted;
        if (this == NONE || !commit) {
            return outcome;
        }
        try {
            table.get().generate("symlink_format_manifest");
            return outcome;
        } catch (Exception failed) {
            return outcome instanceof Committed committed ? warned(committed, failed) : outcome;
        }
    }

    /**
     * Returns the result of a compaction, with a note where the manifest, which names files that are replaced, could not be written.
     *
     * @param table opens the table
     */
    public CompactionResult after(CompactionResult result, Supplier<DeltaTable> table) {
        if (this == NONE) {
            return result;
        }
        try {
            table.get().generate("symlink_format_manifest");
            return result;
        } catch (Exception failed) {
            List<String> notes = new ArrayList<>(result.notes());
            notes.add("the symlink manifest was not written: " + failed.getMessage());
            return new CompactionResult(result.folders(), notes);
        }
    }

    private static Committed warned(Committed committed, Exception failed) {
        List<String> warnings = new ArrayList<>(committed.warnings());
        warnings.add("the symlink manifest was not written: " + failed.getMessage());
        return new Committed(committed.commit(), committed.counts(), committed.details(), warnings);
    }
}
