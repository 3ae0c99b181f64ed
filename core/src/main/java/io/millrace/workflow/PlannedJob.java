package io.millrace.workflow;

import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.PlannedAction;
import java.util.List;

/**
 * A job, ready to run.
 *
 * @param job as written
 * @param plan of its pipegraph; without ETLs where the job only acts on tables
 * @param actions done one after the other when the pipegraph is through
 */
public record PlannedJob(Job job, PipegraphPlan plan, List<PlannedAction> actions) {

    /** Copies the list. */
    public PlannedJob {
        actions = List.copyOf(actions);
    }

    /** Returns its name. */
    public String name() {
        return job.name();
    }
}
