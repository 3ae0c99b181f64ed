package io.millrace.plan;

import io.millrace.internal.spark.sql.SqlCondition;
import io.millrace.internal.spark.sql.SqlSyntax;
import io.millrace.model.Etl;
import io.millrace.model.Pipegraph;
import io.millrace.spi.ReplacedRows;
import io.millrace.spi.SupportsReplacement;
import java.util.Optional;
import java.util.function.Consumer;

/** Sees to it that an output can replace the rows for which a condition holds, where it is to. */
final class ReplacementCheck {

    private final Pipegraph pipegraph;
    private final Etl etl;
    private final PlanNotes notes;

    ReplacementCheck(Pipegraph pipegraph, Etl etl, PlanNotes notes) {
        this.pipegraph = pipegraph;
        this.etl = etl;
        this.notes = notes;
    }

    /** @param at where the condition is written */
    void check(PlannedOutput output, String at) {
        output.output()
                .replaces()
                .flatMap(sql -> parsed(sql, problem -> notes.problem(at, problem)))
                .ifPresent(condition -> {
                    notes.checkParameters(at, condition.parameters(), pipegraph);
                    problem(output, condition).ifPresent(problem -> notes.problem(at, problem));
                });
    }

    /** Returns the condition of an output; empty where it is none, which is noted as a problem of the plan. */
    static Optional<SqlCondition> condition(String sql) {
        return parsed(sql, problem -> {});
    }

    private static Optional<SqlCondition> parsed(String sql, Consumer<String> problems) {
        if (sql.strip().equalsIgnoreCase("partitions")) {
            problems.accept(
                    "is a condition such as \"day = :run_date\"; to replace the partitions that a run has rows for, write save-mode = overwrite and"
                            + " overwrite = dynamic in the value of the model");
            return Optional.empty();
        }
        try {
            return Optional.of(SqlCondition.parse(sql));
        } catch (SqlSyntax.SyntaxException wrong) {
            problems.accept("is not a condition in Spark SQL: " + wrong.getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> problem(PlannedOutput output, SqlCondition condition) {
        if (etl.trigger().streaming()) {
            return Optional.of("is for batch runs: each batch of a stream would replace what those before it have"
                    + " written; remove it, or the trigger");
        }
        Optional<ReplacedRows> replaced = output.sink().replacedRows();
        if (replaced.equals(Optional.of(ReplacedRows.SAME_KEYS))) {
            return Optional.of(
                    "is not needed: an upsert replaces the rows with the same keys, however often it is run");
        }
        if (!(output.sink() instanceof SupportsReplacement sink)) {
            return Optional.of("is not for this output: " + output.sink().description()
                    + ", cannot replace rows; write files, a table or an entity");
        }
        if (replaced.isPresent() && replaced.get() != ReplacedRows.NONE) {
            return Optional.of("contradicts the model, which is written "
                    + replaced.get().words() + "; leave save-mode out there, or replaces here");
        }
        return sink.replacementProblem(condition.columns());
    }
}
