package io.millrace.internal.ledger;

/**
 * What is claimed: two processes may not be at the same work at the same time.
 *
 * @param kind what sort of work it is
 * @param subject which one of its sort, such as the slice of a run, the ETL of a stream, or what a workflow was asked
 */
public record ClaimedWork(Kind kind, String subject) {

    /** The sorts of work, and how many of their entries a ledger keeps once they are finished. */
    public enum Kind {
        /** A run of the batch ETLs of a pipegraph; the subject is its slice. */
        RUN(100),
        /** A stream of an ETL, which is the subject; what it has done is in its checkpoint. */
        STREAM(0),
        /** A replay of dead letters of an ETL, which is the subject; all are kept, as they say which letters were replayed. */
        REPLAY(Integer.MAX_VALUE),
        /** A run of a workflow; the subject tells apart what was asked. */
        WORKFLOW(100);

        private final int kept;

        Kind(int kept) {
            this.kept = kept;
        }

        int kept() {
            return kept;
        }
    }
}
