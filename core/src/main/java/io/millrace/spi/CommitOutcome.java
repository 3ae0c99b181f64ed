package io.millrace.spi;

import io.millrace.config.MillraceException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of writing a batch. */
public sealed interface CommitOutcome {

    /**
     * The batch is in the target.
     *
     * @param commit names the commit in the target's own words (a table version, a marker file); empty where nothing had to be written
     * @param counts what became of the rows
     * @param details figures for the report, by name and in order: numbers, texts, lists of texts
     * @param warnings what went wrong after the commit without harm to it, such as a compaction that failed
     */
    record Committed(String commit, Counts counts, Map<String, Object> details, List<String> warnings)
            implements CommitOutcome {

        /** Copies the collections. */
        public Committed {
            details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
            warnings = List.copyOf(warnings);
        }

        /** Committed, with nothing more to say. */
        public Committed(String commit, Counts counts) {
            this(commit, counts, Map.of(), List.of());
        }
    }

    /**
     * An earlier attempt had committed the batch; nothing was done.
     *
     * @param commit names that commit
     */
    record AlreadyCommitted(String commit) implements CommitOutcome {}

    /**
     * The batch is not in the target, for certain, and the sink has cleaned up what the attempt left.
     *
     * @param reason why
     */
    record Rejected(MillraceException reason) implements CommitOutcome {}

    /**
     * Nobody knows whether the batch is in the target; nothing was deleted. The same batch, written again, finds out.
     *
     * @param reason why
     */
    record Unknown(MillraceException reason) implements CommitOutcome {}
}
