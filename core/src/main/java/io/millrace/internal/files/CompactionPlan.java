package io.millrace.internal.files;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** What a compaction is about to do once it is decided. */
@JsonIgnoreProperties(ignoreUnknown = true)
record CompactionPlan(List<Swap> swaps) {

    /**
     * Files that take the place of others.
     *
     * @param moves what comes
     * @param replaces what goes then: paths relative to the target's folder
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Swap(List<Move> moves, List<String> replaces) {}

    /**
     * A file that comes.
     *
     * @param from relative to the compaction's staging folder
     * @param to relative to the target's folder
     * @param bytes its size
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Move(String from, String to, long bytes) {}
}
