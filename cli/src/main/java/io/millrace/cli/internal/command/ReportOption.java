package io.millrace.cli.internal.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the report of a run is kept. */
public final class ReportOption {

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write what the run did to a file, too: the lines that --json writes.")
    private @Nullable Path file;

    /** Returns whether a file is named. */
    public boolean wanted() {
        return file != null;
    }

    /**
     * Begins the file, in place of one that is there; where none is named, what is written goes nowhere.
     *
     * @throws io.millrace.config.MillraceException of kind USER where it cannot be written
     */
    public ReportFile open() {
        return file == null ? ReportFile.nowhere() : ReportFile.at(file);
    }
}
