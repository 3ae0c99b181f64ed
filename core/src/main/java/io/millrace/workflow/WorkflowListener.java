package io.millrace.workflow;

import io.millrace.config.MillraceException;
import io.millrace.run.RunListener;
import java.time.Duration;
import java.util.Set;

/** Hears what a run of a workflow does, on the threads that do it: must be quick and thread-safe. An exception ends the run. */
public interface WorkflowListener {

    /** Hears nothing. */
    WorkflowListener NONE = new WorkflowListener() {};

    /**
     * The run begins.
     *
     * @param run its id
     * @param doneBefore jobs that an earlier process has done; not empty only where it continues a run that did not finish
     */
    default void workflowStarted(String run, Set<String> doneBefore) {}

    /**
     * A job begins.
     *
     * @param attempt 1, and more where it is run again
     */
    default void jobStarted(String job, int attempt) {}

    /** Returns what hears of the pipegraph of a job, at every attempt. */
    default RunListener pipegraphOf(String job) {
        return RunListener.NONE;
    }

    /** A job has failed, and will be run again after a pause. */
    default void jobWillBeRetried(String job, int attempt, MillraceException failure, Duration pause) {}

    /** Nothing more will be done for a job. */
    default void jobEnded(JobResult result) {}
}
