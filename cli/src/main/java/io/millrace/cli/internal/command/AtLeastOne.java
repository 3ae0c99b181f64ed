package io.millrace.cli.internal.command;

import io.millrace.config.MillraceException;

/** Options that are numbers of things of which there has to be one. */
public final class AtLeastOne {

    private AtLeastOne() {}

    /**
     * Looks at a number.
     *
     * @return it
     * @throws MillraceException of kind USER where it is less than 1
     */
    public static <N extends Number> N check(String option, N number) {
        if (number.longValue() < 1) {
            throw MillraceException.user(option + " must be at least 1");
        }
        return number;
    }
}
