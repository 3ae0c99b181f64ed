package io.millrace.model;

import java.util.List;
import java.util.Optional;

/**
 * How a pipegraph is run for each partition of a table, and once more for those that change afterwards.
 *
 * @param input the model of the partitioned table
 * @param partitionBy of its partition columns those that tell slices apart; the first says which are earlier. Not empty
 * @param ledger the folder of the slice ledger; empty for one in the state folder of the pipegraph
 * @param maxConcurrent how many slices may run at once
 * @param ready when a slice may be run
 * @param lookBack how many days before the newest slice late data is looked for; empty for all
 * @param maxBackfills how many slices a command runs again at most because of late data; empty for all
 * @param configurations the folder for a file that names the slices to be run again; empty where none is written
 */
public record LateData(
        String input,
        List<String> partitionBy,
        Optional<String> ledger,
        int maxConcurrent,
        Ready ready,
        Optional<Integer> lookBack,
        Optional<Integer> maxBackfills,
        Optional<String> configurations) {

    /** How many slices may run at once where nothing is said. */
    public static final int DEFAULT_CONCURRENT = 3;

    /** When a slice may be run. */
    public enum Ready {
        /** As soon as there is a later one: then nobody writes the slice any more, except for late data. */
        NEXT_PARTITION,
        /** As soon as it is there. */
        AT_ONCE
    }

    /** Copies the list; refuses an empty one. */
    public LateData {
        partitionBy = List.copyOf(partitionBy);
        if (partitionBy.isEmpty()) {
            throw new IllegalArgumentException("partition-by must name at least one column");
        }
    }

    /** Late data of a table, with nothing said beside. */
    public static LateData of(String input, String... partitionBy) {
        return new LateData(
                input,
                List.of(partitionBy),
                Optional.empty(),
                DEFAULT_CONCURRENT,
                Ready.NEXT_PARTITION,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same, whose slices may be run at another time. */
    public LateData ready(Ready when) {
        return new LateData(input, partitionBy, ledger, maxConcurrent, when, lookBack, maxBackfills, configurations);
    }

    /** The same, with bounds: how many days before the newest slice, and how many slices a command. */
    public LateData within(int days, int slices) {
        return new LateData(
                input,
                partitionBy,
                ledger,
                maxConcurrent,
                ready,
                Optional.of(days),
                Optional.of(slices),
                configurations);
    }
}
