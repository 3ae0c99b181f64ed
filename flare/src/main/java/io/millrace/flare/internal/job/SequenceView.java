package io.millrace.flare.internal.job;

import io.millrace.model.Step;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A step of a job.
 *
 * @param sqlPath where its query is written
 * @param steps that make it; the last one has its name
 */
record SequenceView(String name, String path, String sqlPath, Set<String> reads, List<Step> steps) implements View {

    SequenceView {
        reads = Collections.unmodifiableSortedSet(new TreeSet<>(reads));
        steps = List.copyOf(steps);
    }
}
