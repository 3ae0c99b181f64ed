package io.millrace.spi;

import io.millrace.config.Causes;

/** Thrown by a task that needs something its driver has not looked up yet: the driver does, and begins the batch again. */
public final class MissingLookupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is missing. */
    public MissingLookupException(String message) {
        super(message);
    }

    /** Returns whether this is the reason why something failed. */
    public static boolean in(Throwable thrown) {
        return Causes.first(thrown, MissingLookupException.class).isPresent();
    }
}
