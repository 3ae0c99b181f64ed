package io.millrace.cli.internal.spark;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.util.SignalUtils;

/** The signals by which somebody asks this process to end. Spark would stop at once, in the middle of a batch. */
public final class SparkTerminationSignals {

    private SparkTerminationSignals() {}

    /**
     * Takes SIGTERM and SIGINT from now on, for good.
     *
     * @param first called at the first signal, on a thread of its own; must be quick
     * @param second called at every further one
     */
    public static void handle(Runnable first, Runnable second) {
        AtomicInteger received = new AtomicInteger();
        for (String signal : new String[] {"TERM", "INT"}) {
            SignalUtils.register(signal, () -> {
                (received.getAndIncrement() == 0 ? first : second).run();
                return true;
            });
        }
    }
}
