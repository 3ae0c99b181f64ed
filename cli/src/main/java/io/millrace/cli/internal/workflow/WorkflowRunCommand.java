package io.millrace.cli.internal.workflow;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.DetailOption;
import io.millrace.cli.internal.command.ExitCode;
import io.millrace.cli.internal.command.JsonOutputOption;
import io.millrace.cli.internal.command.ReportFile;
import io.millrace.cli.internal.command.ReportOption;
import io.millrace.cli.internal.command.SparkOptions;
import io.millrace.cli.internal.slices.SliceOptions;
import io.millrace.cli.internal.terminal.JsonLines;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.config.MillraceException;
import io.millrace.workflow.WorkflowPlan;
import io.millrace.workflow.WorkflowRequest;
import io.millrace.workflow.WorkflowRequest.Start;
import io.millrace.workflow.WorkflowResult;
import io.millrace.workflow.WorkflowRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description = "Run a workflow. Where a job fails, those that wait for it are skipped, and the others go on."
                + " With a state folder, a run that did not finish is continued: what is done is not done again."
                + " A signal (Ctrl-C, SIGTERM) stops it after the batches at hand; a second one at once.")
final class WorkflowRunCommand implements Callable<Integer> {

    private final CommandEnvironment environment;

    @Mixin
    private final WorkflowFile workflow = new WorkflowFile();

    @Mixin
    private final SliceOptions slice = new SliceOptions();

    @Option(names = "--dry-run", description = "Show what would be run, job by job, and run nothing.")
    private boolean dryRun;

    @Option(names = "--new-run", description = "Leave a run that did not finish, and run all jobs anew.")
    private boolean newRun;

    @Mixin
    private final ReportOption kept = new ReportOption();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final DetailOption details = new DetailOption();

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    private final AtomicReference<@Nullable WorkflowRunner> running = new AtomicReference<>();

    WorkflowRunCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (dryRun && kept.wanted()) {
            throw MillraceException.user("--dry-run runs nothing that --report could tell of; leave one of them out");
        }
        List<WorkflowPlan> plans = List.copyOf(workflow.plans().values());
        if (dryRun) {
            plans.forEach(this::show);
            return ExitCode.OK.number();
        }
        try (ReportFile file = kept.open();
                ProgressDisplay progress = new ProgressDisplay(environment.terminal())) {
            return file.noting(() -> runAll(plans, progress, file));
        }
    }

    private int runAll(List<WorkflowPlan> plans, ProgressDisplay progress, ReportFile file) {
        progress.show("starting Spark");
        SparkSession session = spark.open(environment.sessions(), Map.of("spark.scheduler.mode", "FAIR"));
        environment.stopOnSignal(progress, "batches", this::stop);
        List<WorkflowPlan> left = new ArrayList<>(plans);
        while (!left.isEmpty()) {
            WorkflowResult result = run(left.remove(0), session, progress, file);
            if (!result.done()) {
                noteLeft(left, result, progress);
                result.orThrow();
                return ExitCode.STOPPED.number();
            }
        }
        return ExitCode.OK.number();
    }

    private void show(WorkflowPlan plan) {
        Terminal terminal = environment.terminal();
        if (output.json()) {
            WorkflowPlanLines.all(plan).forEach(new JsonLines(terminal.out())::write);
        } else {
            terminal.out().println(plan.describe().text());
        }
    }

    private WorkflowResult run(WorkflowPlan plan, SparkSession session, ProgressDisplay progress, ReportFile file) {
        Terminal terminal = environment.terminal();
        WorkflowReport report = new WorkflowReports(List.of(
                output.json()
                        ? new WorkflowLines(plan, terminal.out())
                        : new WorkflowText(plan, terminal, workflow, details.detail()),
                new WorkflowLines(plan, file.out())));
        WorkflowRequest request =
                new WorkflowRequest(newRun ? Start.NEW : Start.CONTINUE, slice.slice(), workflow.set());
        WorkflowRunner runner =
                new WorkflowRunner(session, plan, request, new WorkflowObserver(plan, report, progress, session));
        running.set(runner);
        WorkflowResult result = runner.run();
        progress.hide();
        report.finished(result);
        return result;
    }

    private static void noteLeft(List<WorkflowPlan> left, WorkflowResult result, ProgressDisplay progress) {
        if (!left.isEmpty()) {
            progress.note("not run, because workflow " + result.workflow() + " is not done: "
                    + left.stream().map(plan -> plan.workflow().name()).collect(Collectors.joining(", ")));
        }
    }

    private void stop() {
        WorkflowRunner runner = running.get();
        if (runner != null) {
            runner.stop();
        }
    }
}
