package io.millrace.workflow;

import io.millrace.model.Input;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PlannedAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan of a workflow for people. Secrets are left out by the plugins' descriptions. */
public final class WorkflowDescription {

    private final WorkflowPlan plan;

    WorkflowDescription(WorkflowPlan plan) {
        this.plan = plan;
    }

    /** Returns the jobs, what each waits for, reads and writes, as lines of plain text. */
    public String graph() {
        List<String> lines = head();
        for (PlannedJob job : plan.jobs()) {
            lines.add("");
            lines.add(title(job));
            job.plan().etls().forEach(etl -> lines.add("  " + etl.name() + ": " + models(etl)));
            job.actions().forEach(action -> lines.add("  " + described(action)));
        }
        return String.join("\n", ended(lines));
    }

    /** Returns the jobs with the whole plan of each of their pipegraphs, as lines of plain text. */
    public String text() {
        List<String> lines = head();
        for (PlannedJob job : plan.jobs()) {
            lines.add("");
            lines.add(title(job));
            if (!job.plan().etls().isEmpty()) {
                job.plan().describe().body().lines().forEach(line -> lines.add(line.isEmpty() ? "" : "  " + line));
            }
            job.actions().forEach(action -> lines.add("  " + described(action) + ": " + action.target()));
        }
        return String.join("\n", ended(lines));
    }

    /** Returns the jobs as a Mermaid flowchart: boxes that hold their ETLs, and arrows to those that wait. */
    public String mermaid() {
        List<String> lines = new ArrayList<>(List.of("flowchart LR"));
        Map<String, String> nodes = new LinkedHashMap<>();
        for (PlannedJob job : plan.jobs()) {
            String node = "j" + nodes.size();
            nodes.put(job.name(), node);
            String etls = job.plan().etls().stream()
                    .map(etl -> "<br/>" + escaped(etl.name()))
                    .collect(Collectors.joining());
            String actions = job.actions().stream()
                    .map(action -> "<br/>" + escaped(described(action)))
                    .collect(Collectors.joining());
            lines.add("  " + node + "[\"" + escaped(job.name()) + etls + actions + "\"]");
        }
        plan.jobs().forEach(job -> job.job()
                .after()
                .forEach(other -> lines.add("  " + nodes.get(other) + " --> " + nodes.get(job.name()))));
        return String.join("\n", lines);
    }

    private List<String> head() {
        Workflow workflow = plan.workflow();
        List<String> lines = new ArrayList<>();
        lines.add("workflow " + workflow.name()
                + (workflow.description().isEmpty() ? "" : ": " + workflow.description()));
        lines.add("at once   " + workflow.maxConcurrentJobs());
        workflow.state().ifPresent(state -> lines.add("state     " + state));
        return lines;
    }

    private List<String> ended(List<String> lines) {
        if (!plan.warnings().isEmpty()) {
            lines.add("");
            plan.warnings().forEach(warning -> lines.add("warning: " + warning));
        }
        return lines;
    }

    private static String title(PlannedJob job) {
        List<String> parts = new ArrayList<>(List.of("job " + job.name()));
        if (!job.job().after().isEmpty()) {
            parts.add("after " + String.join(", ", job.job().after()));
        }
        JobRetry retry = job.job().retry();
        if (retry.count() > 0) {
            parts.add("run again " + (retry.count() == 1 ? "once" : "up to " + retry.count() + " times") + " on "
                    + failures(retry.on()) + pause(retry.pause()));
        }
        String description = job.job().description();
        return String.join(", ", parts) + (description.isEmpty() ? "" : ": " + description);
    }

    private static String failures(JobRetry.On on) {
        return switch (on) {
            case ALWAYS -> "any failure";
            case FAILURE -> "a failure of the job itself";
            case ERROR -> "a failure around it";
            case TRANSIENT -> "a failure that may pass";
        };
    }

    private static String pause(Duration pause) {
        return pause.isZero() ? "" : " after " + pause.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static String models(EtlPlan etl) {
        String from = etl.etl().inputs().stream().map(Input::model).distinct().collect(Collectors.joining(", "));
        String to = etl.outputs().stream()
                .map(output -> output.output().model())
                .distinct()
                .collect(Collectors.joining(", "));
        return from + " -> " + to;
    }

    private static String described(PlannedAction action) {
        return action.action().name() + " on " + action.action().model();
    }

    private static String escaped(String text) {
        return text.replace("\"", "#quot;");
    }
}
