package io.millrace.internal.files;

import io.millrace.internal.files.DataFileName.Writer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** The batches that markers say are committed. Of a stream only the newest ones have markers: those far below them are committed too. */
final class CommittedBatches {

    private final Map<String, NavigableSet<Long>> marked = new HashMap<>();
    private final Set<Writer> begun = new HashSet<>();

    void marked(Writer batch) {
        marked.computeIfAbsent(batch.query(), query -> new TreeSet<>()).add(batch.number());
    }

    void begun(Writer batch) {
        begun.add(batch);
    }

    /** Returns whether a file is there for good: what a committed batch has written, or a compaction. */
    boolean hold(String path) {
        return DataFileName.isCompacted(path)
                || DataFileName.writer(path).filter(this::committed).isPresent();
    }

    private boolean committed(Writer batch) {
        NavigableSet<Long> numbers = marked.get(batch.query());
        if (numbers == null) {
            return false;
        }
        boolean pruned = batch.number() <= numbers.last() - CommitLog.MARKERS_KEPT && !begun.contains(batch);
        return pruned || numbers.contains(batch.number());
    }
}
