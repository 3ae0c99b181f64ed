package io.millrace.plan;

import io.millrace.config.Suggestion;
import io.millrace.model.LateData;
import io.millrace.model.Pipegraph;
import io.millrace.spi.ReplacedRows;
import io.millrace.spi.SupportsVersions;
import java.util.List;
import java.util.Optional;

/** Sees to it that a pipegraph can be run for each partition of a table, as often as it takes: that it reads versions, and replaces or merges. */
final class LateDataCheck {

    private static final String AT = "late-data";
    private static final String RUN_DATE = "run_date";

    private final LateData how;
    private final Pipegraph pipegraph;
    private final List<EtlPlan> etls;
    private final PlanNotes notes;

    LateDataCheck(LateData how, Pipegraph pipegraph, List<EtlPlan> etls, PlanNotes notes) {
        this.how = how;
        this.pipegraph = pipegraph;
        this.etls = etls;
        this.notes = notes;
    }

    void check() {
        if (pipegraph.state().isEmpty()) {
            notes.problem(
                    AT,
                    "needs pipegraph.state = FOLDER: a slice that failed halfway is gone on with by what is remembered there");
        }
        checkInput();
        etls.forEach(this::check);
    }

    private void checkInput() {
        List<PlannedInput> inputs = etls.stream()
                .flatMap(etl -> etl.inputs().stream())
                .filter(input -> input.input().model().equals(how.input()))
                .toList();
        if (inputs.isEmpty()) {
            notes.problem(
                    AT + ".input",
                    "no ETL reads a model named \"" + how.input() + "\"; "
                            + Suggestion.among(
                                    how.input(), pipegraph.modelsByName().keySet()));
        } else if (!(inputs.get(0).source() instanceof SupportsVersions)) {
            notes.problem(
                    AT + ".input",
                    inputs.get(0).source().description()
                            + " has no versions by which late data could be found; read a table of Delta (product = table) or Iceberg");
        }
    }

    private void check(EtlPlan etl) {
        if (etl.etl().trigger().streaming()) {
            notes.problem(
                    AT,
                    "ETL " + etl.name()
                            + " is a stream, which takes each row once; remove its trigger, or put it into a pipegraph of its own");
            return;
        }
        boolean uses = how.partitionBy().stream().anyMatch(column -> SliceUse.uses(etl, column))
                || (how.partitionBy().size() == 1 && SliceUse.uses(etl, RUN_DATE));
        if (!uses) {
            notes.problem(
                    AT,
                    "ETL " + etl.name() + " makes no use of the slice, so each run would take all of its input. Use :"
                            + (how.partitionBy().size() == 1
                                    ? RUN_DATE + " or :" + how.partitionBy().get(0)
                                    : String.join(" and :", how.partitionBy()))
                            + " in its SQL");
        }
        etl.outputs().forEach(output -> check(etl, output));
    }

    private void check(EtlPlan etl, PlannedOutput output) {
        Optional<ReplacedRows> replaced = output.sink().replacedRows();
        boolean fits = output.output().replaces().isPresent()
                || replaced.isEmpty()
                || replaced.get() == ReplacedRows.SAME_KEYS
                || replaced.get() == ReplacedRows.SAME_PARTITIONS;
        if (!fits) {
            String parameter =
                    how.partitionBy().size() == 1 ? RUN_DATE : how.partitionBy().get(0);
            notes.problem(
                    AT,
                    "ETL " + etl.name() + " writes to " + output.output().model() + " "
                            + replaced.get().words()
                            + ", so a slice that is run again would "
                            + (replaced.get() == ReplacedRows.NONE ? "be there twice" : "take the place of all others")
                            + "; write outputs = [ { model = " + output.output().model() + ", replaces = \""
                            + how.partitionBy().get(0) + " = :" + parameter
                            + "\" } ], or upsert (save-mode = upsert)");
        }
    }
}
