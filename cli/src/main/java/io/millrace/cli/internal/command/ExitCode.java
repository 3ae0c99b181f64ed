package io.millrace.cli.internal.command;

import io.millrace.config.MillraceException;

/** What the exit code of a command says. */
public enum ExitCode {
    /** It is done. */
    OK(0),
    /** Millrace is at fault. */
    INTERNAL(1),
    /** What the user wrote or asked for is wrong. */
    USER(2),
    /** Another system failed. */
    EXTERNAL(3),
    /** A plugin or a strategy failed. */
    PLUGIN(4),
    /** Not all of it can be done yet: others are at it, or it is not there. The same command does it later; what sysexits.h calls EX_TEMPFAIL. */
    NOT_YET(75),
    /** It was asked to stop before it was through; what a shell says of an interrupted command. */
    STOPPED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public static ExitCode of(MillraceException.Kind kind) {
        return switch (kind) {
            case USER -> USER;
            case EXTERNAL -> EXTERNAL;
            case PLUGIN -> PLUGIN;
            case INTERNAL -> INTERNAL;
        };
    }
}
