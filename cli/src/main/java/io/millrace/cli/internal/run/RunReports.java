package io.millrace.cli.internal.run;

import io.millrace.run.EtlResult;
import io.millrace.run.RunResult;
import io.millrace.spi.Slice;
import java.util.List;

/** Tells several of a run. */
public record RunReports(List<RunReport> all) implements RunReport {

    public RunReports {
        all = List.copyOf(all);
    }

    @Override
    public void batch(EtlResult batch) {
        all.forEach(each -> each.batch(batch));
    }

    @Override
    public void etl(EtlResult result) {
        all.forEach(each -> each.etl(result));
    }

    @Override
    public void finished(RunResult result, Slice slice) {
        all.forEach(each -> each.finished(result, slice));
    }
}
