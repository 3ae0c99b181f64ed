package io.millrace.cli;

import picocli.CommandLine.Option;

/** What every command understands. {@link Cli} looks for the last two itself, to report what fails before options are known. */
@SuppressWarnings("UnusedVariable") // picocli and Cli read help and stacktrace
final class OutputOptions {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--json", description = "Write for a program: one JSON object per line.")
    private boolean json;

    @Option(names = "--stacktrace", description = "Show the stack trace of a failure.")
    private boolean stacktrace;

    /** Returns whether to write for a program. */
    boolean json() {
        return json;
    }
}
