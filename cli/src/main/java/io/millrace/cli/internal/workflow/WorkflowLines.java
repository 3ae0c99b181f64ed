package io.millrace.cli.internal.workflow;

import io.millrace.cli.internal.run.EtlFields;
import io.millrace.cli.internal.terminal.JsonLines;
import io.millrace.config.MillraceException;
import io.millrace.run.EtlResult;
import io.millrace.workflow.JobResult;
import io.millrace.workflow.JobResult.Status;
import io.millrace.workflow.PlannedJob;
import io.millrace.workflow.TableActionResult;
import io.millrace.workflow.WorkflowPlan;
import io.millrace.workflow.WorkflowResult;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Tells a program what a run of a workflow did: a line for each batch of a stream, ETL, attempt that failed, and job, and for the run. */
final class WorkflowLines implements WorkflowReport {

    private final WorkflowPlan plan;
    private final JsonLines lines;

    WorkflowLines(WorkflowPlan plan, PrintStream out) {
        this.plan = plan;
        this.lines = new JsonLines(out);
    }

    @Override
    public void started(String run, Set<String> doneBefore) {
        // the lines of the jobs say it
    }

    @Override
    public void batch(String job, EtlResult batch) {
        boolean streams = planned(job).plan().etls().stream()
                .anyMatch(etl ->
                        etl.name().equals(batch.etl()) && etl.etl().trigger().streaming());
        if (streams) {
            write("batch", job, batch);
        }
    }

    @Override
    public void etl(String job, EtlResult result) {
        write("etl", job, result);
    }

    @Override
    public void retried(String job, int attempt, MillraceException failure, Duration pause) {
        Map<String, Object> fields = line("retry");
        fields.put("job", job);
        fields.put("attempt", attempt);
        put(failure, fields);
        fields.put("pause_ms", pause.toMillis());
        lines.write(fields);
    }

    @Override
    public void job(JobResult result) {
        Map<String, Object> fields = line("job");
        fields.put("job", result.job());
        fields.put("status", word(result.status()));
        fields.put("attempts", result.attempts());
        fields.put("run", result.runId());
        fields.put("rows", result.rows());
        fields.put("commits", result.commits());
        fields.put("actions", result.actions().stream().map(WorkflowLines::of).toList());
        result.failure().ifPresent(failure -> put(failure, fields));
        if (!result.reason().isEmpty()) {
            fields.put("reason", result.reason());
        }
        fields.put("duration_ms", result.duration().toMillis());
        lines.write(fields);
    }

    @Override
    public void finished(WorkflowResult result) {
        Map<String, Object> fields = line("workflow");
        fields.put("run", result.runId());
        for (Status status : Status.values()) {
            fields.put(word(status), result.with(status).size());
        }
        fields.put("duration_ms", result.duration().toMillis());
        lines.write(fields);
    }

    private void write(String type, String job, EtlResult result) {
        Map<String, Object> fields = line(type);
        fields.put("job", job);
        fields.put("pipegraph", planned(job).plan().pipegraph().name());
        EtlFields.put(result, fields);
        lines.write(fields);
    }

    private PlannedJob planned(String job) {
        return plan.jobs().stream()
                .filter(each -> each.name().equals(job))
                .findFirst()
                .orElseThrow();
    }

    private static void put(MillraceException failure, Map<String, Object> fields) {
        fields.put("kind", failure.kind().name().toLowerCase(Locale.ROOT));
        fields.put("message", failure.getMessage());
    }

    private static Map<String, Object> of(TableActionResult action) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("action", action.action());
        fields.put("model", action.model());
        fields.put("details", action.details());
        return fields;
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private Map<String, Object> line(String type) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", type);
        fields.put("workflow", plan.workflow().name());
        return fields;
    }
}
