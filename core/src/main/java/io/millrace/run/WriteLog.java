package io.millrace.run;

import io.millrace.spi.CommitOutcome;

/** Hears of every write, before and after. */
interface WriteLog {

    /** For streams, whose writes are remembered by their checkpoint. */
    WriteLog NONE = new WriteLog() {
        @Override
        public void beforeWrite() {}

        @Override
        public void afterWrite(CommitOutcome outcome) {}
    };

    /** Something is about to be written. */
    void beforeWrite();

    /** Something was written, or not. */
    void afterWrite(CommitOutcome outcome);
}
