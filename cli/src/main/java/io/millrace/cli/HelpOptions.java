package io.millrace.cli;

import picocli.CommandLine.Option;

/** What every command understands; picocli and {@link Cli} look for these themselves. */
@SuppressWarnings("UnusedVariable")
class HelpOptions {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--stacktrace", description = "Show the stack trace of a failure.")
    private boolean stacktrace;
}
