package io.millrace.latedata;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.slices.SliceEntry;
import io.millrace.slices.SliceEntry.Figures;
import io.millrace.slices.SliceState;
import io.millrace.spi.Slice;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LateSlicesTest {

    private static Slice day(int day) {
        return Slice.of(LocalDate.of(2024, 5, day));
    }

    private static SliceEntry entry(int day, boolean processing, @Nullable String lastProcessed) {
        SliceState state =
                processing ? SliceState.RUNNING : lastProcessed == null ? SliceState.WAITING : SliceState.DONE;
        return new SliceEntry(
                day(day), state, "run", 1, lastProcessed, lastProcessed, null, null, null, Figures.NONE, null, null);
    }

    private static Map<Slice, String> late(List<SliceEntry> slices, Map<Slice, String> changed, int current) {
        return LateSlices.of(slices, changed, Long::parseLong, slice -> slice.date()
                .orElseThrow()
                .isBefore(day(current).date().orElseThrow()));
    }

    @Test
    void thoseThatChangedAfterTheyWereRunAndAreNotBeingRunAreLate() {
        List<SliceEntry> slices = List.of(
                entry(4, false, null),
                entry(5, false, "5"),
                entry(6, false, "5"),
                entry(7, false, "10"),
                entry(8, true, "4"),
                entry(9, false, "5"),
                entry(10, false, "5"));
        Map<Slice, String> changed = Map.of(day(5), "5", day(6), "31", day(7), "5", day(8), "31", day(9), "31");

        assertThat(late(slices, changed, 9))
                .containsExactly(Map.entry(day(6), "changed at version 31, was run as of version 5"));
    }

    @Test
    void whereNothingWasRunNothingIsLate() {
        assertThat(late(List.of(), Map.of(day(5), "7"), 9)).isEmpty();
    }

    @Test
    void versionsAreNumbers() {
        assertThat(late(List.of(entry(5, false, "9")), Map.of(day(5), "10"), 9)).containsOnlyKeys(day(5));
    }
}
