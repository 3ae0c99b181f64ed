package io.millrace.cli.internal.command;

import picocli.CommandLine.Option;

/** How much a report for people says of each output. */
public final class DetailOption {

    @Option(names = "--verbose", description = "Show every figure that an output has of its last batch.")
    private boolean verbose;

    /** What is said of each output. */
    public enum Detail {
        /** What the output says of itself in a few lines. */
        SUMMARY,
        /** Every figure besides. */
        FIGURES
    }

    public Detail detail() {
        return verbose ? Detail.FIGURES : Detail.SUMMARY;
    }
}
