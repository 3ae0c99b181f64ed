package io.millrace.workflow;

import java.util.List;

/**
 * A workflow, ready to run: nothing is wrong with it as far as can be told without a session.
 *
 * @param workflow as written
 * @param jobs in an order in which each comes after those it waits for
 * @param warnings what the user should know
 */
public record WorkflowPlan(Workflow workflow, List<PlannedJob> jobs, List<String> warnings) {

    /** Copies the lists. */
    public WorkflowPlan {
        jobs = List.copyOf(jobs);
        warnings = List.copyOf(warnings);
    }

    /** Returns the plan for people. */
    public WorkflowDescription describe() {
        return new WorkflowDescription(this);
    }
}
