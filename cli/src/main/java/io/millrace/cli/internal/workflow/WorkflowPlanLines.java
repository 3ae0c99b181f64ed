package io.millrace.cli.internal.workflow;

import io.millrace.cli.internal.pipegraph.PlanLines;
import io.millrace.plan.PlannedAction;
import io.millrace.workflow.JobRetry;
import io.millrace.workflow.PlannedJob;
import io.millrace.workflow.WorkflowPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plan of a workflow for programs: a line for the workflow, then one for each job, each after those it waits for. */
final class WorkflowPlanLines {

    private WorkflowPlanLines() {}

    static List<Map<String, Object>> graph(WorkflowPlan plan) {
        List<Map<String, Object>> lines = new ArrayList<>(List.of(of(plan)));
        plan.jobs().forEach(job -> lines.add(of(plan, job)));
        return lines;
    }

    /** The same, with a line for each ETL after that of its job. */
    static List<Map<String, Object>> all(WorkflowPlan plan) {
        List<Map<String, Object>> lines = new ArrayList<>(List.of(of(plan)));
        for (PlannedJob job : plan.jobs()) {
            lines.add(of(plan, job));
            lines.addAll(PlanLines.etls(job.plan()));
        }
        return lines;
    }

    private static Map<String, Object> of(WorkflowPlan plan) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", "workflow");
        fields.put("workflow", plan.workflow().name());
        fields.put("description", plan.workflow().description());
        fields.put("max_concurrent_jobs", plan.workflow().maxConcurrentJobs());
        plan.workflow().state().ifPresent(state -> fields.put("state", state));
        fields.put("warnings", plan.warnings());
        return fields;
    }

    private static Map<String, Object> of(WorkflowPlan plan, PlannedJob job) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", "job");
        fields.put("workflow", plan.workflow().name());
        fields.put("job", job.name());
        fields.put("description", job.job().description());
        fields.put("after", List.copyOf(job.job().after()));
        JobRetry retry = job.job().retry();
        if (retry.count() > 0) {
            Map<String, Object> again = new LinkedHashMap<>();
            again.put("count", retry.count());
            again.put("pause_ms", retry.pause().toMillis());
            again.put("on", retry.on().name().toLowerCase(Locale.ROOT));
            fields.put("retry", again);
        }
        fields.put("pipegraph", job.plan().pipegraph().name());
        job.plan().pipegraph().state().ifPresent(state -> fields.put("state", state));
        fields.put("etls", job.plan().etls().stream().map(etl -> etl.name()).toList());
        fields.put("actions", job.actions().stream().map(WorkflowPlanLines::of).toList());
        return fields;
    }

    private static Map<String, Object> of(PlannedAction action) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("action", action.action().name());
        fields.put("model", action.action().model());
        fields.put("target", action.target());
        return fields;
    }
}
