package io.millrace.cli.internal.slices;

import io.millrace.cli.internal.command.AtLeastOne;
import io.millrace.cli.internal.slices.SliceOptions.PartitionList;
import io.millrace.config.MillraceException;
import io.millrace.plan.PipegraphPlan;
import io.millrace.slices.PartitionGroups;
import io.millrace.slices.SlicedRequest;
import io.millrace.spi.Slice;
import java.util.List;
import org.apache.spark.sql.SparkSession;
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
            names = "--by-partition",
            description =
                    "Run for each partition of the input on its own, several at once; those that are done already are skipped."
                            + " Which there are is asked of the brokers, or seen in the files of the date, unless --partitions names them.")
    private boolean byPartition;

    @Option(
            names = "--partitions-per-run",
            paramLabel = "NUMBER",
            description = "How many partitions of --by-partition one run takes together; 1, if nothing is said.")
    private @Nullable Integer partitionsPerRun;

    @Option(
            names = "--max-concurrent",
            paramLabel = "NUMBER",
            description = "How many runs of --dates or --by-partition may be going on at once; 3, if nothing is said.")
    private @Nullable Integer atOnce;

    @Option(names = "--again", description = "Run what is done already of --dates or --by-partition once more.")
    private boolean again;

    /** Returns whether there are many. */
    public boolean wanted() {
        if (!many() && (again || atOnce != null)) {
            throw MillraceException.user((again ? "--again" : "--max-concurrent")
                    + " is for --dates and --by-partition; add one of them, or leave this out");
        }
        if (!byPartition && partitionsPerRun != null) {
            throw MillraceException.user("--partitions-per-run is for --by-partition; add it, or leave this out");
        }
        return many();
    }

    private boolean many() {
        return dates != null || byPartition;
    }

    /**
     * Refuses options for one run that say nothing for many.
     *
     * @param slice of the one run
     */
    public void check(Slice slice) {
        boolean date = slice.runDate() != null;
        boolean partitions = !slice.partitions().isEmpty();
        if (date && dates != null) {
            throw MillraceException.user("--date is one date, and --dates several; leave one of them out");
        }
        if ((date && !byPartition) || (partitions && !byPartition) || slice.window() != null) {
            throw MillraceException.user(
                    "--dates runs each date as a whole; leave --date, --partitions and --window out,"
                            + " or add --by-partition, which takes --date and --partitions");
        }
    }

    /**
     * Returns which slices are to be run, and how.
     *
     * @param slice of one run: its date and its partitions are those that there are
     */
    public SlicedRequest request(SparkSession session, PipegraphPlan plan, Slice slice) {
        List<Slice> slices = dates == null ? List.of(new Slice(slice.runDate(), List.of(), null)) : dates.slices();
        if (byPartition) {
            int size = partitionsPerRun == null ? 1 : AtLeastOne.check("--partitions-per-run", partitionsPerRun);
            slices = new PartitionGroups(slice.partitions(), size).of(session, plan, slices);
        }
        int most = atOnce == null ? AT_ONCE : AtLeastOne.check("--max-concurrent", atOnce);
        return new SlicedRequest(slices, most, again);
    }

    /** Returns the options as the user would type them to go on. */
    public String text(Slice slice) {
        StringBuilder text = new StringBuilder();
        if (dates != null) {
            text.append(" --dates ").append(dates);
        }
        slice.date().ifPresent(date -> text.append(" --date ").append(date));
        if (byPartition) {
            text.append(" --by-partition");
            if (!slice.partitions().isEmpty()) {
                text.append(" --partitions ").append(new PartitionList(slice.partitions()));
            }
            if (partitionsPerRun != null) {
                text.append(" --partitions-per-run ").append(partitionsPerRun);
            }
        }
        return text.toString();
    }
}
