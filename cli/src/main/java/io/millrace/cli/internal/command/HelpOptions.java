package io.millrace.cli.internal.command;

import picocli.CommandLine.Option;

/** What every command understands; picocli and the command line look for these themselves. */
@SuppressWarnings("UnusedVariable")
public class HelpOptions {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--stacktrace", description = "Show the stack trace of a failure.")
    private boolean stacktrace;
}
