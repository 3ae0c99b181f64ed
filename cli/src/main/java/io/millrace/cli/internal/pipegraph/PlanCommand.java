package io.millrace.cli.internal.pipegraph;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.JsonOutputOption;
import io.millrace.cli.internal.command.PipegraphFile;
import io.millrace.cli.internal.command.SparkOptions;
import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.cli.internal.terminal.JsonLines;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.config.MillraceException;
import io.millrace.plan.PipegraphPlan;
import io.millrace.run.ConnectedPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "plan",
        description =
                "Show what a run would do. Reads no data and opens no connection; what only a run can know is said so.")
public final class PlanCommand implements Runnable {

    private final CommandEnvironment environment;

    @Mixin
    private final PipegraphFile pipegraph = new PipegraphFile();

    @Option(names = "--mermaid", description = "As a Mermaid flowchart, for Markdown.")
    private boolean mermaid;

    @Option(
            names = "--connect",
            description = "Open a session and find tables, columns and types too; no row is read or written.")
    private boolean connect;

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    public PlanCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        Terminal terminal = environment.terminal();
        PipegraphPlan plan = pipegraph.plan();
        if (output.json()) {
            PlanLines.of(plan).forEach(new JsonLines(terminal.out())::write);
        } else if (mermaid) {
            terminal.out().println(plan.describe().mermaid());
        } else {
            terminal.out().println(plan.describe().text());
        }
        if (connect) {
            connect(plan, terminal);
        }
    }

    private void connect(PipegraphPlan plan, Terminal terminal) {
        try (ProgressDisplay progress = new ProgressDisplay(terminal)) {
            progress.show("starting Spark");
            ConnectedPlan connected = ConnectedPlan.of(spark.open(environment.sessions()), plan);
            progress.hide();
            if (output.json()) {
                ConnectedText.write(connected, terminal.out());
            } else {
                ConnectedText.print(connected, terminal);
            }
            if (connected.problems() > 0) {
                throw MillraceException.user(
                        "a run would fail: " + FormattedValues.count(connected.problems(), "problem"));
            }
        }
    }
}
