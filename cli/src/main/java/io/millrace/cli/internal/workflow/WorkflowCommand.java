package io.millrace.cli.internal.workflow;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.CommandGroup;
import io.millrace.cli.internal.command.HelpOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "workflow",
        description =
                "Workflows: several pipegraphs in one application, each as soon as those it waits for are through.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
public final class WorkflowCommand extends CommandGroup {

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli and CommandLineRunner read them
    private final HelpOptions help = new HelpOptions();

    private WorkflowCommand() {}

    /** Returns the command with those below it. */
    public static CommandLine with(CommandEnvironment environment) {
        return new CommandLine(new WorkflowCommand())
                .addSubcommand(new WorkflowCheckCommand(environment))
                .addSubcommand(new WorkflowGraphCommand(environment.terminal()))
                .addSubcommand(new WorkflowRunCommand(environment));
    }
}
