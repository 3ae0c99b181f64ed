package io.millrace.testkit;

/** Ends what is done as the death of its process does: nobody catches it, nothing is tidied up. */
final class ProcessDeath extends Error {

    private static final long serialVersionUID = 1L;

    ProcessDeath(String where) {
        super("died at " + where);
    }
}
