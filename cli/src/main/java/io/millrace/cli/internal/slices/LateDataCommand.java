package io.millrace.cli.internal.slices;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.CommandGroup;
import io.millrace.cli.internal.command.HelpOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "late-data",
        description = "Run a pipegraph for each partition of a table, and once more for those that change afterwards.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
public final class LateDataCommand extends CommandGroup {

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli and CommandLineRunner read them
    private final HelpOptions help = new HelpOptions();

    private LateDataCommand() {}

    /** Returns the command with those below it. */
    public static CommandLine with(CommandEnvironment environment) {
        return new CommandLine(new LateDataCommand())
                .addSubcommand(new LateDataPlanCommand(environment))
                .addSubcommand(new LateDataRunCommand(environment))
                .addSubcommand("status", new SlicesCommand(environment))
                .addSubcommand(new LateDataReleaseCommand(environment));
    }
}
