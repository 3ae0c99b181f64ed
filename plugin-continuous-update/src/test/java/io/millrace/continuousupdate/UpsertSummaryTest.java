package io.millrace.continuousupdate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpsertSummaryTest {

    private static final Map<String, Object> BATCH = Map.of(
            "inserted",
            1717L,
            "updated",
            798L,
            "deleted",
            0L,
            "duplicates-collapsed",
            1305L,
            "stale",
            24L,
            "files-in-table",
            3L,
            "files-rewritten",
            1L,
            "files-added",
            1L,
            "seconds-reduce",
            0.5,
            "seconds-merge",
            2.5);

    @Test
    void aBatchInThreeLines() {
        assertThat(new UpsertSummary(List.of(BATCH)).lines())
                .containsExactly(
                        "changed: 1,717 inserted, 798 updated, 0 deleted",
                        "left: 1,305 collapsed (newer in the batch), 24 stale (newer in the table)",
                        "cost: 3.0 s, 1 of 3 files rewritten, 1 added");
    }

    @Test
    void batchesAreAddedUp() {
        Map<String, Object> second = Map.of(
                "inserted", 3L, "null-key", 2L, "null-ordering", 1L, "files-rewritten", 0L, "seconds-merge", 1.0);

        assertThat(new UpsertSummary(List.of(BATCH, second)).lines())
                .containsExactly(
                        "changed: 1,720 inserted, 798 updated, 0 deleted",
                        "left: 1,305 collapsed (newer in the batch), 24 stale (newer in the table),"
                                + " 2 without a key, 1 without an order",
                        "cost: 4.0 s, 1 files rewritten, 1 added");
    }

    @Test
    void whereNothingWasLeftItSaysSo() {
        assertThat(new UpsertSummary(List.of(Map.of("inserted", 1L, "seconds-merge", 1.0))).lines())
                .contains("left: nothing");
        assertThat(new UpsertSummary(List.of(Map.of())).lines()).isEmpty();
    }
}
