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
    static CommandLine with(CommandEnvironment environment) {
        return new CommandLine(new WorkflowCommand())
                .addSubcommand(new WorkflowCheckCommand(environment))
                .addSubcommand(new WorkflowGraphCommand(environment.terminal()))
                .addSubcommand(new WorkflowRunCommand(environment));
    }
}
