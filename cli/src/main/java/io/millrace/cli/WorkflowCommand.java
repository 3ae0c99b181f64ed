package io.millrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "workflow",
        description =
                "Workflows: several pipegraphs in one application, each as soon as those it waits for are through.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class WorkflowCommand extends HelpOptions implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private WorkflowCommand() {}

    /** Returns the command with those below it. */
    static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new WorkflowCommand())
                .addSubcommand(new WorkflowCheckCommand(surroundings.terminal()))
                .addSubcommand(new WorkflowGraphCommand(surroundings.terminal()))
                .addSubcommand(new WorkflowRunCommand(surroundings));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USER.number();
    }
}
