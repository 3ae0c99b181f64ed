package io.millrace.latedata;

import io.millrace.spi.PartitionValues;
import io.millrace.spi.Slice;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The slices that the partitions of a table are.
 *
 * @param columns whose values tell partitions apart
 * @param dated whether the ETLs are asked for a date, the value of the only column; else for the values of all of them
 */
record PartitionSlices(List<String> columns, boolean dated) {

    /** Returns the slice of a partition; empty where it is no date, and has to be one. */
    Optional<Slice> slice(PartitionValues partition) {
        return dated ? date(partition).map(Slice::of) : Optional.of(Slice.of(partition));
    }

    /** Returns whether a slice is one of a partition of these columns; the ledger may know others, from before the table was partitioned like this. */
    boolean has(Slice slice) {
        return slice.date().isPresent()
                ? dated
                : List.copyOf(slice.values().values().keySet()).equals(columns);
    }

    /** Returns the partition of a slice. */
    PartitionValues partition(Slice slice) {
        return slice.date()
                .map(date -> new PartitionValues(Map.of(columns.get(0), Optional.of(date.toString()))))
                .orElse(slice.values());
    }

    /** Returns the date by which a partition is earlier or later than others; empty where its first value is none. */
    static Optional<LocalDate> date(PartitionValues partition) {
        try {
            return partition.first().map(LocalDate::parse);
        } catch (DateTimeException other) {
            return Optional.empty();
        }
    }

    /**
     * Returns whether a partition is more days before another one than late data is looked for.
     *
     * @param lookBack how many days; empty for all
     */
    static boolean tooOld(PartitionValues partition, PartitionValues newest, Optional<Integer> lookBack) {
        Optional<LocalDate> oldest = lookBack.flatMap(days -> date(newest).map(date -> date.minusDays(days)));
        return oldest.isPresent()
                && date(partition).filter(date -> date.isBefore(oldest.get())).isPresent();
    }

    int compare(Slice one, Slice other) {
        return partition(one).compareTo(partition(other));
    }
}
