package io.millrace.cli.internal.workflow;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.JsonOutputOption;
import io.millrace.cli.internal.command.SparkOptions;
import io.millrace.cli.internal.pipegraph.ConnectedText;
import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.cli.internal.terminal.JsonLines;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.config.MillraceException;
import io.millrace.workflow.ConnectedWorkflow;
import io.millrace.workflow.PlannedJob;
import io.millrace.workflow.WorkflowPlan;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description =
                "Find everything that is wrong with a workflow and its jobs, at once. Reads no data, and opens no connection unless it is told to.")
final class WorkflowCheckCommand implements Runnable {

    private final CommandEnvironment environment;
    private final Terminal terminal;

    @Mixin
    private final WorkflowFile workflow = new WorkflowFile();

    @Option(
            names = "--connect",
            description = "Open a session and find tables, columns and types too; no row is read or written.")
    private boolean connect;

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    WorkflowCheckCommand(CommandEnvironment environment) {
        this.environment = environment;
        this.terminal = environment.terminal();
    }

    @Override
    public void run() {
        Map<Path, WorkflowPlan> plans = workflow.plans();
        if (output.json()) {
            plans.forEach(this::inJson);
        } else {
            plans.values().forEach(this::inText);
        }
        if (connect) {
            connect(plans.values());
        }
        if (!output.json()) {
            terminal.out().println("next: " + workflow.command("graph"));
        }
    }

    private void connect(Collection<WorkflowPlan> plans) {
        try (ProgressDisplay progress = new ProgressDisplay(terminal)) {
            progress.show("starting Spark");
            SparkSession session = spark.open(environment.sessions());
            List<ConnectedWorkflow> connected = plans.stream()
                    .map(plan -> ConnectedWorkflow.of(session, plan))
                    .toList();
            progress.hide();
            int problems = 0;
            for (ConnectedWorkflow each : connected) {
                problems += each.problems();
                if (output.json()) {
                    ConnectedText.write(each, terminal.out());
                } else {
                    ConnectedText.print(each, terminal);
                }
            }
            if (problems > 0) {
                throw MillraceException.user("a run would fail: " + FormattedValues.count(problems, "problem"));
            }
        }
    }

    private void inText(WorkflowPlan plan) {
        Style style = terminal.style();
        plan.warnings().forEach(warning -> terminal.out().println(style.warning("warning: ") + warning));
        String size =
                FormattedValues.count(plan.jobs().size(), "job") + ", " + FormattedValues.count(etls(plan), "ETL");
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
