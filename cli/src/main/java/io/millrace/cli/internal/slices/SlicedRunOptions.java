package io.millrace.cli.internal.slices;

import io.millrace.config.MillraceException;
import io.millrace.slices.SlicedRequest;
import io.millrace.spi.Slice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Many slices in one command. */
public final class SlicedRunOptions {

    private static final int AT_ONCE = 3;

    @Option(
            names = "--dates",
            paramLabel = "FIRST..LAST",
            converter = DateRange.Converter.class,
            description = "Run for each date of a range, several at once; those that are done already are skipped.")
    private @Nullable DateRange dates;

    @Option(
            names = "--max-concurrent",
            paramLabel = "NUMBER",
            description = "How many dates of --dates may run at once; 3, if nothing is said.")
    private @Nullable Integer atOnce;

    @Option(names = "--again", description = "Run dates of --dates once more that are done already.")
    private boolean again;

    /** Returns whether there are many. */
    public boolean wanted() {
        if (dates == null && (again || atOnce != null)) {
            throw MillraceException.user(
                    (again ? "--again" : "--max-concurrent") + " is for --dates; add it, or leave this out");
        }
        return dates != null;
    }

    SlicedRequest request() {
        if (dates == null) {
            throw new IllegalStateException("no dates");
        }
        if (atOnce != null && atOnce < 1) {
            throw MillraceException.user("--max-concurrent must be at least 1");
        }
        return new SlicedRequest(
                dates.dates().stream().map(Slice::of).toList(), atOnce == null ? AT_ONCE : atOnce, again);
    }

    /** Returns the options as the user would type them to go on. */
    public String text() {
        return dates == null ? "" : " --dates " + dates.first() + ".." + dates.last();
    }
}
