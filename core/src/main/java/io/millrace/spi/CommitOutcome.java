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
     * This attempt has brought nothing of the batch into the target and never will, for certain, and the sink has cleaned up what it left. Where no
     * attempt before it could have, the batch has no trace and its identity is given up. To be returned: what is thrown is {@link Unknown}.
     *
     * @param reason why
     */
    record Rejected(MillraceException reason) implements CommitOutcome {}

    /**
     * Nobody knows whether the batch is in the target, or how much of it; nothing was deleted. The same batch, written again, finds out, and puts
     * right what it finds. Everything that a sink throws means this, whatever its kind.
     *
     * @param reason why
     */
    record Unknown(MillraceException reason) implements CommitOutcome {}
}
