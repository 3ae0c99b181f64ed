package io.millrace.cli.internal.workflow;

import io.millrace.config.MillraceException;
import io.millrace.run.EtlResult;
import io.millrace.workflow.JobResult;
import io.millrace.workflow.WorkflowResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Tells several of a run of a workflow. */
record WorkflowReports(List<WorkflowReport> all) implements WorkflowReport {

    WorkflowReports {
        all = List.copyOf(all);
    }

    @Override
    public void started(String run, Set<String> doneBefore) {
        all.forEach(each -> each.started(run, doneBefore));
    }

    @Override
    public void batch(String job, EtlResult batch) {
        all.forEach(each -> each.batch(job, batch));
    }

    @Override
    public void etl(String job, EtlResult result) {
        all.forEach(each -> each.etl(job, result));
    }

    @Override
    public void retried(String job, int attempt, MillraceException failure, Duration pause) {
        all.forEach(each -> each.retried(job, attempt, failure, pause));
    }

    @Override
    public void job(JobResult result) {
        all.forEach(each -> each.job(result));
    }

    @Override
    public void finished(WorkflowResult result) {
        all.forEach(each -> each.finished(result));
    }
}
