package io.millrace.latedata;

import io.millrace.latedata.DueSlice.Due;
import io.millrace.model.LateData;
import io.millrace.model.LateData.Ready;
import io.millrace.slices.SliceEntry;
import io.millrace.slices.SliceLedger;
import io.millrace.spi.PartitionValues;
import io.millrace.spi.Slice;
import io.millrace.spi.VersionedTable.Change;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Finds out which slices are to be run, and why others are not. A look at one moment. */
final class DueSlices {

    private final LateData how;
    private final PartitionSlices slices;
    private final SliceLedger ledger;
    private final ChangeIndex index;
    private final ToLongFunction<String> number;
    private final List<PartitionValues> present;
    private final Map<Slice, SliceEntry> entries = new LinkedHashMap<>();

    /** @param number the place of a version among all */
    DueSlices(
            LateData how,
            PartitionSlices slices,
            SliceLedger ledger,
            ChangeIndex index,
            ToLongFunction<String> number) {
        this.how = how;
        this.slices = slices;
        this.ledger = ledger;
        this.index = index;
        this.number = number;
        this.present = index.present();
        ledger.list().forEach(entry -> entries.put(entry.slice(), entry));
    }

    /** Returns the version that changed each slice last; of those that did not change an empty text, or nothing. */
    static Map<Slice, String> changed(ChangeIndex index, PartitionSlices slices) {
        Map<Slice, String> changed = new HashMap<>();
        for (Map.Entry<PartitionValues, Change> each : index.partitions().entrySet()) {
            slices.slice(each.getKey())
                    .ifPresent(slice -> changed.put(slice, each.getValue().version()));
        }
        return changed;
    }

    /** Returns everything that is due, and what is left out, in the order of the slices. */
    List<DueSlice> all() {
        List<DueSlice> due = new ArrayList<>();
        Map<Slice, String> late = LateSlices.of(entries.values(), changed(index, slices), number, slice -> true);
        SortedSet<PartitionValues> partitions = new TreeSet<>(present);
        entries.keySet().forEach(slice -> partitions.add(slices.partition(slice)));
        partitions.forEach(partition -> due(partition, late).ifPresent(due::add));
        return bounded(withAbsentDays(due));
    }

    /** Returns what is to be said of slices that are asked for by their first value: whether they are there, and may be run. */
    List<DueSlice> asked(List<String> firstValues) {
        List<DueSlice> asked = new ArrayList<>();
        for (String first : firstValues) {
            List<PartitionValues> found = present.stream()
                    .filter(partition -> partition.first().equals(Optional.of(first)))
                    .toList();
            for (PartitionValues partition : found) {
                slices.slice(partition).ifPresent(slice -> asked.add(asked(slice, partition)));
            }
            if (found.isEmpty()) {
                PartitionValues absent =
                        new PartitionValues(Map.of(how.partitionBy().get(0), Optional.of(first)));
                asked.add(slices.slice(absent)
                        .filter(entries::containsKey)
                        .map(slice -> item(slice, Due.REQUESTED, "has no rows any more"))
                        .orElseGet(() ->
                                item(Slice.of(absent), first, Due.ABSENT, "the table has no such partition yet")));
            }
        }
        return asked;
    }

    private DueSlice asked(Slice slice, PartitionValues partition) {
        return ready(partition) ? item(slice, Due.REQUESTED, "asked for") : item(slice, Due.NOT_READY, notReady());
    }

    private Optional<DueSlice> due(PartitionValues partition, Map<Slice, String> late) {
        Optional<Slice> slice = slices.slice(partition);
        if (slice.isEmpty()) {
            return Optional.of(item(
                    Slice.of(partition),
                    partition.toString(),
                    Due.NO_SLICE,
                    partition.first().isEmpty() ? "rows without a date belong to no slice" : "is no date"));
        }
        SliceEntry entry = entries.get(slice.get());
        Optional<DueSlice> found = due(slice.get(), partition, entry, late.get(slice.get()));
        return found.filter(each -> each.due().run() && tooOld(partition))
                .map(each -> item(
                        each.slice(),
                        Due.TOO_OLD,
                        each.reason() + "; before the " + how.lookBack().orElseThrow() + " days of look-back"))
                .or(() -> found);
    }

    private Optional<DueSlice> due(
            Slice slice, PartitionValues partition, @Nullable SliceEntry entry, @Nullable String late) {
        if (entry == null) {
            return Optional.of(
                    ready(partition)
                            ? item(slice, Due.NEW, "was not run yet")
                            : item(slice, Due.NOT_READY, notReady()));
        }
        return switch (entry.state()) {
            case WAITING -> Optional.of(item(slice, Due.REQUESTED, String.valueOf(entry.reason())));
            case FAILED -> Optional.of(item(slice, Due.FAILED, "failed: " + firstLine(entry.failure())));
            case RUNNING ->
                Optional.of(
                        ledger.held(entry)
                                ? item(
                                        slice,
                                        Due.HELD,
                                        "is being run by " + entry.owner().orElse(""))
                                : item(slice, Due.LEFT, entry.owner().orElse("") + " died while it ran it"));
            case DONE -> Optional.ofNullable(late).map(reason -> item(slice, Due.LATE, reason));
        };
    }

    private static String firstLine(@Nullable String text) {
        return String.valueOf(text).lines().findFirst().orElse("");
    }

    private static DueSlice item(Slice slice, Due due, String reason) {
        return item(slice, slice.name(), due, reason);
    }

    private static DueSlice item(Slice slice, String name, Due due, String reason) {
        return new DueSlice(slice, name, due, reason);
    }

    private boolean ready(PartitionValues partition) {
        return how.ready() == Ready.AT_ONCE
                || (!present.isEmpty()
                        && PartitionValues.compare(
                                        partition.first(),
                                        present.get(present.size() - 1).first())
                                < 0);
    }

    private static String notReady() {
        return "is the newest; it is ready when the table has a later one";
    }

    private boolean tooOld(PartitionValues partition) {
        return !present.isEmpty() && PartitionSlices.tooOld(partition, present.get(present.size() - 1), how.lookBack());
    }

    /** Days between the first and the last of which the table has no rows: who expects some sees that they are missing. */
    private List<DueSlice> withAbsentDays(List<DueSlice> due) {
        List<LocalDate> days = present.stream()
                .flatMap(partition -> PartitionSlices.date(partition).stream())
                .distinct()
                .sorted()
                .toList();
        List<DueSlice> all = new ArrayList<>(due);
        for (int i = 1; i < days.size(); i++) {
            LocalDate first = days.get(i - 1).plusDays(1);
            LocalDate last = days.get(i).minusDays(1);
            if (!first.isAfter(last)) {
                String name = first.equals(last) ? first.toString() : first + ".." + last;
                all.add(item(Slice.of(first), name, Due.ABSENT, "the table has no such partition"));
            }
        }
        all.sort(Comparator.comparing(DueSlice::slice));
        return all;
    }

    private List<DueSlice> bounded(List<DueSlice> due) {
        int left = how.maxBackfills().orElse(Integer.MAX_VALUE);
        List<DueSlice> bounded = new ArrayList<>();
        for (DueSlice each : due) {
            boolean backfill = each.due() == Due.LATE || each.due() == Due.REQUESTED;
            if (backfill && left == 0) {
                bounded.add(item(
                        each.slice(),
                        Due.TOO_MANY,
                        each.reason() + "; more than max-backfills = "
                                + how.maxBackfills().orElseThrow() + " of one run"));
            } else {
                left -= backfill ? 1 : 0;
                bounded.add(each);
            }
        }
        return bounded;
    }
}
