package io.millrace.cli.internal.workflow;

import io.millrace.cli.internal.command.DetailOption.Detail;
import io.millrace.cli.internal.run.EtlReportText;
import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.config.MillraceException;
import io.millrace.run.EtlResult;
import io.millrace.workflow.JobResult;
import io.millrace.workflow.JobResult.Status;
import io.millrace.workflow.PlannedJob;
import io.millrace.workflow.WorkflowPlan;
import io.millrace.workflow.WorkflowResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells a person what a run of a workflow did: a paragraph for each job, when it has ended. */
final class WorkflowText implements WorkflowReport {

    private final WorkflowPlan plan;
    private final Terminal terminal;
    private final WorkflowFile file;
    private final Detail detail;

    WorkflowText(WorkflowPlan plan, Terminal terminal, WorkflowFile file, Detail detail) {
        this.detail = detail;
        this.plan = plan;
        this.terminal = terminal;
        this.file = file;
    }

    @Override
    public void started(String run, Set<String> doneBefore) {
        if (!doneBefore.isEmpty()) {
            print("continues run " + run + ", which did not finish");
        }
    }

    @Override
    public void batch(String job, EtlResult batch) {
        // a person sees the sum
    }

    @Override
    public void etl(String job, EtlResult result) {
        // jobs run side by side: each is told of as a whole
    }

    @Override
    public void retried(String job, int attempt, MillraceException failure, Duration pause) {
        Style style = terminal.style();
        String again = pause.isZero() ? "at once" : "in " + FormattedValues.duration(pause);
        print(style.strong(job) + "  " + style.warning("failed") + ", is run again " + again + ": "
                + failure.getMessage());
    }

    @Override
    public void job(JobResult result) {
        Style style = terminal.style();
        print(style.strong(result.job()) + "  " + ending(result, style));
        PlannedJob planned = plan.jobs().stream()
                .filter(job -> job.name().equals(result.job()))
                .findFirst()
                .orElseThrow();
        EtlReportText text = new EtlReportText(planned.plan(), style, detail);
        result.etls().forEach(etl -> text.lines(etl).forEach(line -> print("  " + line)));
        result.actions()
                .forEach(action -> print("  " + style.strong(action.action()) + " on " + action.model()
                        + (action.details().isEmpty() ? "" : ": " + EtlReportText.details(action.details()))));
    }

    @Override
    public void finished(WorkflowResult result) {
        Style style = terminal.style();
        String how = result.done()
                ? style.good("done")
                : result.with(Status.FAILED).isEmpty() ? style.warning("stopped") + " as asked" : style.bad("failed");
        print("run " + result.runId() + " of workflow " + style.strong(result.workflow()) + ": " + how + " after "
                + FormattedValues.duration(result.duration()) + counts(result));
        if (!result.done()) {
            boolean remembered = plan.workflow().state().isPresent();
            new UnfinishedWorkflow(result, file.command("run"))
                    .lines(remembered)
                    .forEach(this::print);
        }
    }

    private static String ending(JobResult result, Style style) {
        String attempts = result.attempts() > 1 ? ", " + result.attempts() + " attempts" : "";
        String time = FormattedValues.duration(result.duration()) + attempts;
        return switch (result.status()) {
            case DONE -> style.good("done") + " in " + time;
            case DONE_BEFORE -> style.good("done") + " before";
            case FAILED ->
                style.bad("failed") + " after " + time + ": "
                        + result.failure().orElseThrow().getMessage();
            case SKIPPED -> style.warning("skipped") + ": " + result.reason();
            case STOPPED -> style.warning("stopped") + ": " + result.reason();
        };
    }

    private static String counts(WorkflowResult result) {
        List<String> counts = new ArrayList<>();
        for (Status status : Status.values()) {
            int jobs = result.with(status).size();
            if (jobs > 0) {
                counts.add(jobs + " "
                        + switch (status) {
                            case DONE -> "done";
                            case DONE_BEFORE -> "done before";
                            case FAILED -> "failed";
                            case SKIPPED -> "skipped";
                            case STOPPED -> "stopped";
                        });
            }
        }
        return " (" + String.join(", ", counts) + ")";
    }

    private void print(String line) {
        terminal.out().println(line);
    }
}
