package io.millrace.plan;

import io.millrace.config.ConfigDocument;
import io.millrace.model.Pipegraph;
import java.util.List;

/**
 * A pipegraph, ready to run: nothing is wrong with it as far as can be told without a session.
 *
 * @param pipegraph as written
 * @param etls in an order in which each comes after those whose outputs it reads
 * @param warnings what the user should know
 * @param settings the configuration around it
 */
public record PipegraphPlan(Pipegraph pipegraph, List<EtlPlan> etls, List<String> warnings, ConfigDocument settings) {

    /** Copies the lists. */
    public PipegraphPlan {
        etls = List.copyOf(etls);
        warnings = List.copyOf(warnings);
    }

    /** Returns the plan for people. */
    public PlanDescription describe() {
        return new PlanDescription(this);
    }
}
