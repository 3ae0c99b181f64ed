package io.millrace.testkit;

/** Ends what is done as the death of its process does: nobody catches it, nothing is tidied up. */
final class Death extends Error {

    private static final long serialVersionUID = 1L;

    Death(String where) {
        super("died at " + where);
    }
}
