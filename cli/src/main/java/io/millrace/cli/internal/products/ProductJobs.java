package io.millrace.cli.internal.products;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.ReportFile;
import io.millrace.cli.internal.slices.SlicedRunWithReport;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.config.MillraceException;
import io.millrace.kafka.jobs.JobManager.JobRunner;
import io.millrace.kafka.jobs.JobMessage;
import io.millrace.plan.PipegraphPlan;
import io.millrace.slices.SliceResult;
import io.millrace.slices.SliceResult.Status;
import io.millrace.slices.SlicedRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Runs data products as messages ask for it, by the ledgers of their pipegraphs: what is done is not done again. */
record ProductJobs(
        CommandEnvironment environment, SparkSession session, ProgressDisplay progress, ReportFile file, boolean json)
        implements JobRunner {

    private static final long LOOK_AGAIN = TimeUnit.SECONDS.toNanos(2);

    @Override
    public void run(JobMessage job) {
        @Nullable String config = job.file();
        PipegraphPlan plan = new ProductPlan(job.model(), config == null ? null : Path.of(config), job.set()).plan();
        while (!done(plan, job)) { // another job manager is at it, which had the job before and may die
            LockSupport.parkNanos(LOOK_AGAIN);
        }
    }

    private boolean done(PipegraphPlan plan, JobMessage job) {
        SlicedRequest request = new SlicedRequest(List.of(job.slice()), 1, false);
        List<SliceResult> results = SlicedRunWithReport.once(environment, session, plan, request, progress, json, file);
        progress.hide();
        for (SliceResult result : results) {
            if (result.failure() != null) {
                throw result.failure();
            }
            if (result.status() == Status.STOPPED) {
                throw MillraceException.external("the job was stopped before it was through", null);
            }
        }
        return results.stream().noneMatch(result -> result.status() == Status.HELD);
    }
}
