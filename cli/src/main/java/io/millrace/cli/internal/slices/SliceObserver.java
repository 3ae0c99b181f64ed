package io.millrace.cli.internal.slices;

import io.millrace.cli.internal.run.SparkTasks;
import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.slices.SliceEntry;
import io.millrace.slices.SliceListener;
import io.millrace.slices.SliceResult;
import io.millrace.spi.Slice;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;

/** Passes on what a sliced run does, to the report and to the progress display. */
final class SliceObserver implements SliceListener {

    private final SliceReport report;
    private final ProgressDisplay progress;
    private final SparkTasks tasks;
    private final AtomicInteger ended = new AtomicInteger();
    private final Set<String> running = new ConcurrentSkipListSet<>();

    SliceObserver(SliceReport report, ProgressDisplay progress, SparkSession session) {
        this.report = report;
        this.progress = progress;
        this.tasks = new SparkTasks(session);
        progress.show(this::line);
    }

    @Override
    public void sliceStarted(SliceEntry entry) {
        running.add(entry.slice().name());
        progress.show(this::line);
    }

    @Override
    public void sliceEnded(SliceResult result) {
        Slice slice = result.slice();
        running.remove(slice.name());
        ended.incrementAndGet();
        progress.quietly(() -> report.slice(result));
    }

    private String line() {
        return FormattedValues.count(ended.get(), "slice") + " ended"
                + (running.isEmpty() ? "" : "; " + String.join(", ", running)) + tasks.all();
    }
}
