package io.millrace.cli.internal.pipegraph;

import io.millrace.config.AllowedWords;
import io.millrace.model.Expectation;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedOutput;
import io.millrace.plan.PlannedStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan for programs: a line for the pipegraph, then one for each ETL in the order in which they run. */
public final class PlanLines {

    private PlanLines() {}

    static List<Map<String, Object>> of(PipegraphPlan plan) {
        List<Map<String, Object>> lines = new ArrayList<>();
        Map<String, Object> fields = line("plan");
        fields.put("pipegraph", plan.pipegraph().name());
        fields.put("description", plan.pipegraph().description());
        fields.put("owner", plan.pipegraph().owner());
        plan.pipegraph().state().ifPresent(state -> fields.put("state", state));
        fields.put("warnings", plan.warnings());
        lines.add(fields);
        lines.addAll(etls(plan));
        return lines;
    }

    /** Returns those of the ETLs. */
    public static List<Map<String, Object>> etls(PipegraphPlan plan) {
        return plan.etls().stream().map(PlanLines::of).toList();
    }

    private static Map<String, Object> of(EtlPlan etl) {
        Map<String, Object> fields = line("etl");
        fields.put("etl", etl.name());
        fields.put("trigger", etl.etl().trigger().toString());
        fields.put("after", etl.after().stream().sorted().toList());
        fields.put("inputs", etl.inputs().stream().map(PlanLines::of).toList());
        fields.put("steps", etl.steps().stream().map(PlanLines::of).toList());
        fields.put(
                "expectations",
                etl.etl().expectations().stream().map(PlanLines::of).toList());
        fields.put("outputs", etl.outputs().stream().map(PlanLines::of).toList());
        etl.deadLetters().ifPresent(dead -> fields.put("dead_letters", of(dead)));
        return fields;
    }

    private static Map<String, Object> of(PlannedInput input) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("view", input.input().view());
        fields.put("model", input.input().model());
        fields.put("streamed", input.streamed());
        fields.put("description", input.source().description());
        return fields;
    }

    private static Map<String, Object> of(PlannedStep step) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", step.name());
        if (step instanceof PlannedStep.Sql sql) {
            fields.put("sql", sql.sql());
        } else if (step instanceof PlannedStep.Java<?> java) {
            fields.put("strategy", java.strategy().getClass().getName());
        } else if (step instanceof PlannedStep.Streaming<?> streaming) {
            fields.put("streaming_strategy", streaming.strategy().getClass().getName());
        }
        return fields;
    }

    private static Map<String, Object> of(Expectation expectation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", expectation.name());
        fields.put("that", expectation.that());
        fields.put("otherwise", AllowedWords.kebab(expectation.otherwise()));
        return fields;
    }

    private static Map<String, Object> of(PlannedOutput output) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("model", output.output().model());
        output.output().where().ifPresent(where -> fields.put("where", where));
        fields.put("delivery", AllowedWords.kebab(output.sink().delivery()));
        fields.put("description", output.sink().description());
        return fields;
    }

    private static Map<String, Object> line(String type) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", type);
        return fields;
    }
}
