package io.millrace.slices;

/** How far a slice is. A slice that nobody has asked for is not in the ledger. */
public enum SliceState {
    /** It is to be run: asked for again after it was done, because of late data or by a person. */
    WAITING,
    /** A process is at it, or was when it died. */
    RUNNING,
    /** Its last run has committed all outputs. */
    DONE,
    /** Its last run did not come to its end; the next attempt goes on with it. */
    FAILED
}
