package io.millrace.cli;

import io.millrace.workflow.PlannedJob;
import io.millrace.workflow.WorkflowPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "check",
        description =
                "Find everything that is wrong with a workflow and its jobs, at once. Reads no data and opens no connection.")
final class WorkflowCheckCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private final WorkflowFile workflow = new WorkflowFile();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    WorkflowCheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        Map<Path, WorkflowPlan> plans = workflow.plans();
        if (output.json()) {
            plans.forEach(this::inJson);
        } else {
            plans.values().forEach(this::inText);
            terminal.out().println("next: " + workflow.command("graph"));
        }
    }

    private void inText(WorkflowPlan plan) {
        Style style = terminal.style();
        plan.warnings().forEach(warning -> terminal.out().println(style.warning("warning: ") + warning));
        String size = Words.count(plan.jobs().size(), "job") + ", " + Words.count(etls(plan), "ETL");
        terminal.out()
                .println(style.good("nothing is wrong") + " with workflow "
                        + style.strong(plan.workflow().name()) + " (" + size + ")");
    }

    private void inJson(Path file, WorkflowPlan plan) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", "check");
        fields.put("file", file.toString());
        fields.put("workflow", plan.workflow().name());
        fields.put("jobs", plan.jobs().size());
        fields.put("etls", etls(plan));
        fields.put("warnings", plan.warnings());
        new JsonLines(terminal.out()).write(fields);
    }

    private static int etls(WorkflowPlan plan) {
        return plan.jobs().stream()
                .map(PlannedJob::plan)
                .mapToInt(job -> job.etls().size())
                .sum();
    }
}
