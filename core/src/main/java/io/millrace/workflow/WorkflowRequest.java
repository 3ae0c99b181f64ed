package io.millrace.workflow;

import io.millrace.spi.Slice;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to run a workflow.
 *
 * @param start what to do about an earlier run that did not finish
 * @param slice which part of the input its jobs take
 * @param asked what the run was asked with, such as values set over its files: a run that did not finish is continued by one that was asked the same
 */
public record WorkflowRequest(Start start, Slice slice, Map<String, String> asked) {

    /** What to do about an earlier run of the workflow that was asked the same and did not finish. */
    public enum Start {
        /** Continue it: jobs that are done are not run again, and what the others committed is not written again. Where there is none, begin one. */
        CONTINUE,
        /** Leave it, and run all jobs anew; what it wrote without committing it is removed. */
        NEW
    }

    /** Copies the map. */
    public WorkflowRequest {
        asked = Collections.unmodifiableMap(new TreeMap<>(asked));
    }

    /** A run over all of the input. */
    public WorkflowRequest(Start start, Map<String, String> asked) {
        this(start, Slice.ALL, asked);
    }

    /** A run over all of the input that continues one that did not finish, where there is one. */
    public static WorkflowRequest all() {
        return new WorkflowRequest(Start.CONTINUE, Map.of());
    }

    /** The same request, with another choice about an unfinished run. */
    public WorkflowRequest with(Start choice) {
        return new WorkflowRequest(choice, slice, asked);
    }
}
