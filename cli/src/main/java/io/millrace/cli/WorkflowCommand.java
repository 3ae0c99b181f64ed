package io.millrace.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "workflow",
        description =
                "Workflows: several pipegraphs in one application, each as soon as those it waits for are through.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class WorkflowCommand extends CommandGroup {

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli and Cli read them
    private final HelpOptions help = new HelpOptions();

    private WorkflowCommand() {}

    /** Returns the command with those below it. */
    static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new WorkflowCommand())
                .addSubcommand(new WorkflowCheckCommand(surroundings))
                .addSubcommand(new WorkflowGraphCommand(surroundings.terminal()))
                .addSubcommand(new WorkflowRunCommand(surroundings));
    }
}
