package io.millrace.cli;

import io.millrace.plan.PipegraphPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "plan",
        description =
                "Show what a run would do. Reads no data and opens no connection; what only a run can know is said so.")
final class PlanCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private final PipegraphFile pipegraph = new PipegraphFile();

    @Option(names = "--mermaid", description = "As a Mermaid flowchart, for Markdown.")
    private boolean mermaid;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    PlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        PipegraphPlan plan = pipegraph.plan();
        if (output.json()) {
            PlanLines.of(plan).forEach(new JsonLines(terminal.out())::write);
        } else if (mermaid) {
            terminal.out().println(plan.describe().mermaid());
        } else {
            terminal.out().println(plan.describe().text());
        }
    }
}
