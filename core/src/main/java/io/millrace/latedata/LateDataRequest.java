package io.millrace.latedata;

import java.time.LocalDate;
import java.util.List;

/**
 * What a run for late data is to do.
 *
 * @param dates the slices that are asked for, by the first of their values; they are run though they may be done. Empty for all that is due
 * @param backfills what becomes of slices that changed after they were run
 * @param reconcile whether the table is looked at anew, and what was done is done once more: where its log does not tell any more what has changed
 */
public record LateDataRequest(List<LocalDate> dates, Backfills backfills, boolean reconcile) {

    /** What becomes of slices that are found to be late. */
    public enum Backfills {
        /** They are run, too. */
        RUN,
        /** They are noted as asked for, and left to a later run. */
        LEAVE
    }

    /** Copies the list. */
    public LateDataRequest {
        dates = List.copyOf(dates);
    }

    /** All that is due. */
    public static LateDataRequest all() {
        return new LateDataRequest(List.of(), Backfills.RUN, false);
    }

    /** Some dates, and what they find to be late. */
    public static LateDataRequest of(LocalDate... dates) {
        return new LateDataRequest(List.of(dates), Backfills.RUN, false);
    }
}
