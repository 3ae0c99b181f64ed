package io.millrace.run;

import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Slice;
import java.time.Instant;

/** One run of the batch ETLs of a pipegraph, as the ledger knows it. Used by the thread that runs. */
final class BatchRun implements WriteLog {

    private final RunLedger ledger;
    private final String id;
    private final Slice slice;
    private boolean noted;
    private boolean mayHaveCommitted;

    BatchRun(RunLedger ledger, String id, Slice slice) {
        this.ledger = ledger;
        this.id = id;
        this.slice = slice;
    }

    String id() {
        return id;
    }

    @Override
    public void beforeWrite() {
        if (!noted) {
            ledger.note(id, slice, null);
            noted = true;
        }
    }

    @Override
    public void afterWrite(CommitOutcome outcome) {
        mayHaveCommitted |= !(outcome instanceof CommitOutcome.Rejected);
    }

    /** All is written. */
    void finish() {
        if (noted) {
            ledger.note(id, slice, Instant.now());
        }
    }

    /** It failed. Where nothing can have been committed there is nothing to resume. */
    void abandon() {
        if (noted && !mayHaveCommitted) {
            ledger.forget(id);
        }
    }
}
