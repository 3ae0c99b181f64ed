package io.millrace.cli.internal.command;

import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.cli.internal.terminal.Terminal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What commands find around them.
 *
 * @param terminal where they write
 * @param log where stack traces and Spark's log go
 * @param sessions where they get their session from
 * @param signals how they hear that somebody asks them to end
 * @param home the folder of the launcher, or null where there is none
 */
public record CommandEnvironment(
        Terminal terminal, LogFile log, SessionSource sessions, Signals signals, @Nullable Path home) {

    /** How a command hears that somebody asks the process to end. */
    @FunctionalInterface
    public interface Signals {

        /**
         * Registers what is to happen.
         *
         * @param first at the first signal; must be quick
         * @param second at every further one
         */
        void handle(Runnable first, Runnable second);
    }

    /**
     * Lets a run stop when somebody asks the process to end: at the first signal after what is at hand, at the second at once.
     *
     * @param atHand what is brought to its end first, such as {@code batch}
     * @param stop must be quick
     */
    public void stopOnSignal(ProgressDisplay progress, String atHand, Runnable stop) {
        signals.handle(
                () -> {
                    progress.note("stopping after the " + atHand + " at hand; once more to stop at once");
                    stop.run();
                },
                () -> Runtime.getRuntime().halt(ExitCode.STOPPED.number()));
    }
}
