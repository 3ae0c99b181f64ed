package io.millrace.plan;

import io.millrace.config.ConfigDocument;
import io.millrace.config.MillraceException;
import io.millrace.internal.state.StateFolder;
import io.millrace.model.LateData;
import io.millrace.model.Pipegraph;
import io.millrace.spi.Slice;
import io.millrace.spi.Slice.Part;
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

    /** Returns what is wrong with a slice that the ETLs do not take into account: every ETL that makes no use of a part of it, and what would. */
    public List<String> sliceProblems(Slice slice) {
        return SliceUse.problems(this, slice);
    }

    /**
     * Refuses a slice that the ETLs do not take into account.
     *
     * @throws MillraceException of kind USER with every ETL that makes no use of a part of it, and what would
     */
    public void requireUse(Slice slice) {
        List<String> problems = sliceProblems(slice);
        if (!problems.isEmpty()) {
            throw MillraceException.user(String.join("\n", problems));
        }
    }

    /** Returns whether an ETL asks for the date of a run. */
    public boolean asksForDate() {
        return etls.stream().anyMatch(etl -> SliceUse.uses(etl, Part.DATE));
    }

    /**
     * Returns the folder of the ledger of its slices.
     *
     * @throws MillraceException of kind USER where it has none
     */
    public String sliceLedger() {
        return pipegraph
                .lateData()
                .flatMap(LateData::ledger)
                .or(() -> pipegraph.state().map(state -> StateFolder.below(state, "slices")))
                .orElseThrow(
                        () -> MillraceException.user(
                                "pipegraph " + pipegraph.name()
                                        + " cannot be run slice by slice: nothing remembers which are done; set pipegraph.state to a folder"));
    }

    /** Returns the plan for people. */
    public PlanDescription describe() {
        return new PlanDescription(this);
    }
}
