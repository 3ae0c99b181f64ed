package io.millrace.cli.internal.slices;

import io.millrace.slices.SliceResult;
import io.millrace.spi.Slice;
import java.time.Duration;
import java.util.List;

/** Tells several what became of slices. */
record SliceReports(List<SliceReport> all) implements SliceReport {

    SliceReports {
        all = List.copyOf(all);
    }

    @Override
    public void slice(SliceResult result) {
        all.forEach(each -> each.slice(result));
    }

    @Override
    public void finished(List<SliceResult> results, List<Slice> waiting, Duration duration) {
        all.forEach(each -> each.finished(results, waiting, duration));
    }
}
