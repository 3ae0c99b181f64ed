package io.millrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "dlq",
        description =
                "Dead letters: rows that could not be processed. Find them, look at them, send them through again.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class DlqCommand extends HelpOptions implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private DlqCommand() {}

    /** Returns the command with those below it. */
    static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new DlqCommand())
                .addSubcommand(new DlqListCommand(surroundings))
                .addSubcommand(new DlqShowCommand(surroundings))
                .addSubcommand(new DlqReplayCommand(surroundings));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USER.number();
    }
}
