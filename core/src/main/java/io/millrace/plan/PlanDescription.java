package io.millrace.plan;

import io.millrace.config.AllowedWords;
import io.millrace.model.Expectation;
import io.millrace.model.SchemaContract;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan for people: as text, and as a Mermaid picture. Secrets are left out by the plugins' descriptions. */
public final class PlanDescription {

    private final PipegraphPlan plan;

    PlanDescription(PipegraphPlan plan) {
        this.plan = plan;
    }

    /** Returns the plan as lines of plain text. */
    public String text() {
        String body = body();
        return plan.warnings().isEmpty()
                ? body
                : body + "\n\n"
                        + plan.warnings().stream()
                                .map(warning -> "warning: " + warning)
                                .collect(Collectors.joining("\n"));
    }

    /** Returns the plan as lines of plain text, without its warnings. */
    public String body() {
        List<String> lines = new ArrayList<>();
        String description = plan.pipegraph().description();
        lines.add("pipegraph " + plan.pipegraph().name() + (description.isEmpty() ? "" : ": " + description));
        plan.pipegraph().state().ifPresent(state -> lines.add("state     " + state));
        plan.pipegraph()
                .lateData()
                .ifPresent(
                        how -> lines.add("late data of " + how.input() + ", by " + String.join(", ", how.partitionBy())
                                + ", up to " + how.maxConcurrent() + " at once, ledger " + plan.sliceLedger()));
        for (EtlPlan etl : plan.etls()) {
            lines.add("");
            lines.add("ETL " + etl.name() + " (" + etl.etl().trigger() + ")"
                    + (etl.after().isEmpty() ? "" : ", after " + String.join(", ", etl.after())));
            etl.inputs().forEach(input -> lines.add(row("input", input.input().view(), described(input))));
            etl.steps().forEach(step -> lines.add(row("step", step.name(), described(step))));
            etl.etl().expectations().forEach(each -> lines.add(row("expect", each.name(), described(each))));
            if (!etl.etl().contract().equals(SchemaContract.NONE)) {
                lines.add(row("agreed", "contract", described(etl.etl().contract())));
            }
            etl.outputs()
                    .forEach(output -> lines.add(row("output", output.output().model(), described(output))));
            etl.deadLetters()
                    .ifPresent(each -> lines.add(row("dead", each.output().model(), described(each))));
        }
        return String.join("\n", lines);
    }

    /** Returns the plan as a Mermaid flowchart: models as cylinders, ETLs as boxes that hold their steps. */
    public String mermaid() {
        List<String> lines = new ArrayList<>();
        Map<String, String> models = new LinkedHashMap<>();
        plan.pipegraph().models().forEach(model -> models.put(model.name(), "m" + models.size()));
        lines.add("flowchart LR");
        plan.pipegraph()
                .models()
                .forEach(model -> lines.add("  " + models.get(model.name()) + "[(\"" + escaped(model.name()) + "<br/>"
                        + model.product() + "\")]"));
        int index = 0;
        for (EtlPlan etl : plan.etls()) {
            String node = "e" + index++;
            String steps =
                    etl.steps().stream().map(step -> escaped(step.name())).collect(Collectors.joining("<br/>"));
            String title = escaped(etl.name()) + " · " + etl.etl().trigger();
            lines.add("  " + node + "[\"" + title + (steps.isEmpty() ? "" : "<br/>" + steps) + "\"]");
            etl.inputs()
                    .forEach(input -> lines.add(
                            "  " + models.get(input.input().model()) + (input.streamed() ? " ==> " : " --> ") + node));
            etl.outputs()
                    .forEach(output -> lines.add("  " + node + " --> "
                            + output.output()
                                    .where()
                                    .map(where -> "|\"" + escaped(where) + "\"| ")
                                    .orElse("")
                            + models.get(output.output().model())));
            etl.deadLetters()
                    .ifPresent(dead -> lines.add("  " + node + " -.->|\"dead letters\"| "
                            + models.get(dead.output().model())));
        }
        return String.join("\n", lines);
    }

    private static String row(String role, String name, String what) {
        return String.format(Locale.ROOT, "  %-7s %-18s %s", role, name, what).stripTrailing();
    }

    private static String described(PlannedInput input) {
        return (input.streamed() ? "stream of " : "") + input.source().description();
    }

    private static String described(PlannedStep step) {
        if (step instanceof PlannedStep.Sql sql) {
            return sql.sql().strip().replaceAll("\\s+", " ");
        }
        return step instanceof PlannedStep.Java<?> java
                ? java.strategy().getClass().getName()
                : ((PlannedStep.Streaming<?>) step).strategy().getClass().getName() + " (on the stream)";
    }

    private static String described(Expectation expectation) {
        return expectation.that() + ", otherwise " + AllowedWords.kebab(expectation.otherwise());
    }

    private static String described(SchemaContract contract) {
        return "new fields of records: " + AllowedWords.kebab(contract.record()) + ", new columns of tables: "
                + AllowedWords.kebab(contract.table());
    }

    private static String described(PlannedOutput output) {
        String delivery =
                output.sink().delivery().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return output.sink().description()
                + output.replaced().map(", "::concat).orElse("") + ", " + delivery
                + output.output().where().map(where -> ", where " + where).orElse("");
    }

    private static String escaped(String text) {
        return text.replace("\"", "#quot;");
    }
}
