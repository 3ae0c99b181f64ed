package io.millrace.workflow;

import io.millrace.config.MillraceException;
import io.millrace.workflow.JobResult.Status;
import java.time.Duration;
import java.util.List;

/**
 * What a run of a workflow did.
 *
 * @param workflow its name
 * @param runId identifies the run; the same where one that did not finish was continued
 * @param jobs every job, in the order in which they ended
 * @param duration wall time
 */
public record WorkflowResult(String workflow, String runId, List<JobResult> jobs, Duration duration) {

    /** Copies the list. */
    public WorkflowResult {
        jobs = List.copyOf(jobs);
    }

    /** Returns the result of a job. */
    public JobResult job(String name) {
        return jobs.stream()
                .filter(job -> job.job().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no job is named " + name));
    }

    /** Returns the jobs that ended in a certain way, in the order in which they did. */
    public List<JobResult> with(Status status) {
        return jobs.stream().filter(job -> job.status() == status).toList();
    }

    /** Returns whether every job is done. */
    public boolean done() {
        return jobs.stream().allMatch(JobResult::done);
    }

    /** Returns whether it was asked to stop before every job was through. */
    public boolean stopped() {
        return !with(Status.STOPPED).isEmpty();
    }

    /**
     * Returns this result, unless a job failed.
     *
     * @throws MillraceException of the kind of the first failure, which is its cause
     */
    public WorkflowResult orThrow() {
        List<JobResult> failed = with(Status.FAILED);
        if (failed.isEmpty()) {
            return this;
        }
        JobResult first = failed.get(0);
        MillraceException why = first.failure().orElseThrow();
        String others = failed.size() == 1 ? "" : " (the first of " + failed.size() + " that failed)";
        throw why.saying("workflow " + workflow + ": job " + first.job() + others + " failed: " + why.getMessage());
    }
}
