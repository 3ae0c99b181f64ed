package io.millrace.spi.upsert;

import io.millrace.spi.CommitOutcome;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of a merge. */
public sealed interface MergeOutcome {

    /**
     * It is in the table.
     *
     * @param commit how the commit is called; empty where there was nothing to change, so that there is none
     * @param inserted how many rows were added
     * @param updated how many rows got other values
     * @param deleted how many rows are gone
     * @param files what the format tells of its files, in the order in which it is shown
     * @param warnings what went wrong after the commit
     */
    record Merged(
            String commit, long inserted, long updated, long deleted, Map<String, Long> files, List<String> warnings)
            implements MergeOutcome {

        /** Copies the collections. */
        public Merged {
            files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
            warnings = List.copyOf(warnings);
        }

        /** Returns how many rows of the table are others now. */
        public long changed() {
            return inserted + updated + deleted;
        }
    }

    /** It is not, or it was already, or nobody knows. */
    record Ended(CommitOutcome outcome) implements MergeOutcome {}
}
