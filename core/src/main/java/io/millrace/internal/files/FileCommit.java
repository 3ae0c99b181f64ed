package io.millrace.internal.files;

import io.millrace.config.MillraceException;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of writing a batch as files. */
public sealed interface FileCommit {

    /** Returns the same in the words of sinks. */
    CommitOutcome outcome();

    /**
     * The batch is there.
     *
     * @param marker the marker's path, relative to the target's folder; empty for a batch without rows that was appended: it leaves no trace
     * @param replayed whether an earlier attempt had committed it, and this one did nothing
     * @param counts what became of the rows
     * @param files what the batch created, this time or then
     * @param warnings what went wrong after the commit without harm to it
     */
    record Stored(String marker, boolean replayed, Counts counts, List<WrittenFile> files, List<String> warnings)
            implements FileCommit {

        /** Copies the lists. */
        public Stored {
            files = List.copyOf(files);
            warnings = List.copyOf(warnings);
        }

        @Override
        public CommitOutcome outcome() {
            if (replayed) {
                return new CommitOutcome.AlreadyCommitted(marker);
            }
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("files", files.size());
            details.put("bytes", files.stream().mapToLong(WrittenFile::bytes).sum());
            return new CommitOutcome.Committed(marker, counts, details, warnings);
        }
    }

    /**
     * This attempt has written nothing: the folder could not be asked whether it holds the batch from an earlier one.
     *
     * @param reason why
     */
    record Unreachable(MillraceException reason) implements FileCommit {

        @Override
        public CommitOutcome outcome() {
            return new CommitOutcome.Rejected(reason);
        }
    }

    /**
     * The batch is not there, or nobody knows.
     *
     * @param outcome {@link CommitOutcome.Rejected} or {@link CommitOutcome.Unknown}
     */
    record Failed(CommitOutcome outcome) implements FileCommit {}
}
