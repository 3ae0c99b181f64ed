package io.millrace.config;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Reads a text within bounds of stack, memory and processor time; where it ends at one of them, that is the text's doing and is said of it. A short text
 * whose references lead through one another can keep Typesafe Config busy for hours.
 */
final class BoundedReading {

    /** Of the processor, not of the clock, so that a busy machine refuses nothing. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final int STACK_BYTES = 8 << 20;

    private BoundedReading() {}

    /**
     * Reads a text in a thread of its own, whose stack does not hang on the caller's. A reading that took too long cannot be stopped; its thread is a
     * daemon and keeps no program from ending.
     *
     * @param name what messages call it
     * @throws MillraceException of kind USER where it takes more than there is
     */
    static <T> T read(String name, Supplier<T> reading) {
        return read(name, LONGEST, reading);
    }

    static <T> T read(String name, Duration longest, Supplier<T> reading) {
        FutureTask<T> task = new FutureTask<>(reading::get);
        Thread thread = new Thread(null, task, "reading " + name, STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        while (true) {
            try {
                return task.get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                if (ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()) > longest.toNanos()) {
                    throw refused(
                            name,
                            "takes more than " + longest.toSeconds() + " s to be read: its references (${…} and +=)"
                                    + " lead through one another too often; write values out, or divide it into several",
                            notYet);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(name + ": interrupted while it was read", stopped);
            } catch (ExecutionException failed) {
                throw explained(name, Objects.requireNonNull(failed.getCause()));
            }
        }
    }

    private static RuntimeException explained(String name, Throwable thrown) {
        if (thrown instanceof StackOverflowError) {
            return refused(
                    name, "is nested too deeply, or its references lead too far, to be read; write it flatter", thrown);
        }
        if (thrown instanceof OutOfMemoryError) {
            return refused(
                    name,
                    "needs more memory than the " + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MB there are: it is too large, or becomes so once references are written out; make it"
                            + " smaller, or give the JVM more (-Xmx)",
                    thrown);
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown; // all that a supplier can throw
    }

    private static MillraceException refused(String name, String message, Throwable thrown) {
        return MillraceException.user(List.of(new Problem(new Location(name, 0, 0), "", message)), thrown);
    }
}
