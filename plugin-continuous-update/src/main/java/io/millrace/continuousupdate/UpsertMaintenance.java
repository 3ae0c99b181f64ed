package io.millrace.continuousupdate;

import java.util.ArrayList;
import java.util.List;

/** What is done to a table after a commit, so that what fails here is a warning and no more. */
final class UpsertMaintenance {

    private final String table;
    private final List<String> done = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** @param table how messages name it */
    UpsertMaintenance(String table) {
        this.table = table;
    }

    /** Returns what was done, in words. */
    List<String> done() {
        return done;
    }

    /** Returns what went wrong. */
    List<String> warnings() {
        return warnings;
    }

    /** Takes note of what was done. */
    void did(String what) {
        done.add(what);
    }

    /** Takes note of what went wrong. */
    void warn(String what) {
        warnings.add(what);
    }

    /** Does something that must not fail the batch. */
    void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (Exception failed) {
            warn(what + " of " + table + " failed, the batch is committed all the same: "
                    + String.valueOf(failed.getMessage()).strip());
        }
    }
}
