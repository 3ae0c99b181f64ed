package io.millrace.cli.internal.workflow;

import io.millrace.cli.internal.run.SparkTasks;
import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.config.MillraceException;
import io.millrace.run.EtlResult;
import io.millrace.run.RunListener;
import io.millrace.workflow.JobResult;
import io.millrace.workflow.WorkflowListener;
import io.millrace.workflow.WorkflowPlan;
import io.millrace.workflow.WorkflowRunner;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** Passes on what a run of a workflow does, to the report and to the progress display. */
final class WorkflowObserver implements WorkflowListener {

    private final WorkflowPlan plan;
    private final WorkflowReport report;
    private final ProgressDisplay progress;
    private final SparkTasks tasks;
    private final AtomicInteger ended = new AtomicInteger();
    /** Job to what it is at. */
    private final Map<String, String> running = new ConcurrentHashMap<>();

    WorkflowObserver(WorkflowPlan plan, WorkflowReport report, ProgressDisplay progress, SparkSession session) {
        this.plan = plan;
        this.report = report;
        this.progress = progress;
        this.tasks = new SparkTasks(session);
    }

    @Override
    public void workflowStarted(String run, Set<String> doneBefore) {
        progress.show(this::line);
        progress.quietly(() -> report.started(run, doneBefore));
    }

    @Override
    public void jobStarted(String job, int attempt) {
        running.put(job, attempt == 1 ? "" : "attempt " + attempt);
        progress.show(this::line);
    }

    @Override
    public RunListener pipegraphOf(String job) {
        return new RunListener() {
            @Override
            public void etlStarted(String etl) {
                running.put(job, etl);
                progress.show(WorkflowObserver.this::line);
            }

            @Override
            public void batchFinished(EtlResult batch) {
                progress.quietly(() -> report.batch(job, batch));
            }

            @Override
            public void etlFinished(EtlResult result) {
                progress.quietly(() -> report.etl(job, result));
            }
        };
    }

    @Override
    public void jobWillBeRetried(String job, int attempt, MillraceException failure, Duration pause) {
        running.put(job, "pauses");
        progress.quietly(() -> report.retried(job, attempt, failure, pause));
    }

    @Override
    public void jobEnded(JobResult result) {
        running.remove(result.job());
        ended.incrementAndGet();
        progress.quietly(() -> report.job(result));
    }

    private String line() {
        String workflow = plan.workflow().name();
        return running.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(job -> "; " + job.getKey() + (job.getValue().isEmpty() ? "" : ": " + job.getValue())
                        + tasks.ofGroup(WorkflowRunner.jobGroup(workflow, job.getKey())))
                .collect(Collectors.joining(
                        "",
                        ended.get() + " of " + FormattedValues.count(plan.jobs().size(), "job") + " of " + workflow
                                + " ended",
                        ""));
    }
}
