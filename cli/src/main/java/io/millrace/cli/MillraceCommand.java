package io.millrace.cli;

import io.millrace.cli.internal.command.CommandGroup;
import io.millrace.cli.internal.command.Version;
import picocli.CommandLine.Command;

@Command(
        name = "millrace",
        description = "Data pipelines on Apache Spark.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Exit codes: 0 done; 2 your input is wrong; 3 another system failed; 4 a plugin or a strategy failed; 1 Millrace failed."
        })
final class MillraceCommand extends CommandGroup {}
