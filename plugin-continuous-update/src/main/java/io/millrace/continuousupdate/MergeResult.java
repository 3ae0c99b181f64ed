package io.millrace.continuousupdate;

import io.millrace.internal.spark.DeltaCommit;
import io.millrace.spi.CommitOutcome;
import java.util.List;
import java.util.Map;

/** What became of a merge. */
sealed interface MergeResult {

    /**
     * It is in the table.
     *
     * @param commit as the table has it
     * @param figures what Delta counted besides; empty where its answer was lost
     * @param warnings what went wrong after the commit
     */
    record Merged(DeltaCommit commit, Map<String, Long> figures, List<String> warnings) implements MergeResult {}

    /** It is not, or it was already, or nobody knows. */
    record Ended(CommitOutcome outcome) implements MergeResult {}
}
