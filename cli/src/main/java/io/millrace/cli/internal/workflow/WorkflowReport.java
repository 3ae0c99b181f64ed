package io.millrace.cli.internal.workflow;

import io.millrace.config.MillraceException;
import io.millrace.run.EtlResult;
import io.millrace.workflow.JobResult;
import io.millrace.workflow.WorkflowResult;
import java.time.Duration;
import java.util.Set;

/** Tells what a run of a workflow did, as it happens. Used by one thread at a time. */
interface WorkflowReport {

    /** The run begins, or is continued. */
    void started(String run, Set<String> doneBefore);

    /** A batch of an ETL is through. */
    void batch(String job, EtlResult batch);

    /** An ETL is through. */
    void etl(String job, EtlResult result);

    /** A job failed, and is run again after a pause. */
    void retried(String job, int attempt, MillraceException failure, Duration pause);

    /** A job has ended. */
    void job(JobResult result);

    /** The run is through. */
    void finished(WorkflowResult result);
}
