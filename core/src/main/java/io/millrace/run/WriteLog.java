package io.millrace.run;

import io.millrace.spi.CommitOutcome;
import io.millrace.spi.RunMemory;
import java.util.Optional;

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

    /** Returns what steps remember from run to run; empty where they do not. */
    default Optional<RunMemory> memory() {
        return Optional.empty();
    }

    /** Something was written, or not. */
    void afterWrite(CommitOutcome outcome);
}
