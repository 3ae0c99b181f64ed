package io.millrace.plan;

import java.util.List;

/**
 * A pipegraph, and what is to be done to tables when it is through.
 *
 * @param pipegraph ready to run
 * @param actions in the order in which they are to be done
 */
public record PlanWithActions(PipegraphPlan pipegraph, List<PlannedAction> actions) {

    /** Copies the list. */
    public PlanWithActions {
        actions = List.copyOf(actions);
    }
}
