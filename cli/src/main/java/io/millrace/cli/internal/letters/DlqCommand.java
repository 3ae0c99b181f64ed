package io.millrace.cli.internal.letters;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.CommandGroup;
import io.millrace.cli.internal.command.HelpOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "dlq",
        description =
                "Dead letters: rows that could not be processed. Find them, look at them, send them through again.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
public final class DlqCommand extends CommandGroup {

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli and CommandLineRunner read them
    private final HelpOptions help = new HelpOptions();

    private DlqCommand() {}

    /** Returns the command with those below it. */
    public static CommandLine with(CommandEnvironment environment) {
        return new CommandLine(new DlqCommand())
                .addSubcommand(new DlqListCommand(environment))
                .addSubcommand(new DlqShowCommand(environment))
                .addSubcommand(new DlqReplayCommand(environment));
    }
}
