package io.millrace.cli.internal.workflow;

import io.millrace.cli.internal.command.JsonOutputOption;
import io.millrace.cli.internal.terminal.JsonLines;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.workflow.WorkflowPlan;
import java.util.Collection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "graph",
        description = "Show the jobs of a workflow, and what each waits for, reads and writes. Opens no connection.")
final class WorkflowGraphCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private final WorkflowFile workflow = new WorkflowFile();

    @Option(names = "--mermaid", description = "As a Mermaid flowchart, for Markdown.")
    private boolean mermaid;

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    WorkflowGraphCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        Collection<WorkflowPlan> plans = workflow.plans().values();
        boolean first = true;
        for (WorkflowPlan plan : plans) {
            if (output.json()) {
                WorkflowPlanLines.graph(plan).forEach(new JsonLines(terminal.out())::write);
                continue;
            }
            if (!first) {
                terminal.out().println();
            }
            first = false;
            terminal.out()
                    .println(
                            mermaid
                                    ? plan.describe().mermaid()
                                    : plan.describe().graph());
        }
    }
}
