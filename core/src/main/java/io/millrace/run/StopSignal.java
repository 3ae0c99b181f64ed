package io.millrace.run;

import io.millrace.config.Causes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;

/**
 * Asks a run to stop when it has finished what it is at. A micro-batch is never interrupted: the next one is refused, and a query that waits for
 * data is stopped. (Spark's own {@code stop} interrupts the batch that runs.) Thread-safe.
 */
final class StopSignal {

    private static final long POLL_MILLIS = 100;

    /** Thrown into a query that begins a micro-batch after the signal. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused() {
            super("the run was asked to stop");
        }
    }

    private final CountDownLatch signal = new CountDownLatch(1);

    void stop() {
        signal.countDown();
    }

    boolean stopped() {
        return signal.getCount() == 0;
    }

    /** To be called when a micro-batch begins. */
    void refuseIfStopped() {
        if (stopped()) {
            throw new Refused();
        }
    }

    /** Waits until a query ends: by itself, by a failure, or after the signal. */
    void await(StreamingQuery query) throws StreamingQueryException, InterruptedException {
        try {
            while (!query.awaitTermination(POLL_MILLIS)) {
                boolean idle = stopped() && !query.status().isTriggerActive();
                if (idle) {
                    stop(query);
                }
            }
        } catch (StreamingQueryException failed) {
            awaitEnd(query);
            if (!isRefusal(failed)) {
                throw failed;
            }
        }
    }

    /** A failure is known some moments before the query is over, and until then nothing else can have its name. */
    private static void awaitEnd(StreamingQuery query) throws InterruptedException {
        try {
            query.awaitTermination();
        } catch (StreamingQueryException known) {
            // the same failure, told again: it is over
        }
    }

    /** Waits for the signal. */
    boolean await(long millis) throws InterruptedException {
        return signal.await(millis, TimeUnit.MILLISECONDS);
    }

    private static void stop(StreamingQuery query) {
        try {
            query.stop();
        } catch (java.util.concurrent.TimeoutException slow) {
            throw io.millrace.config.MillraceException.external("the stream did not stop in time", slow);
        }
    }

    private static boolean isRefusal(Throwable thrown) {
        return Causes.of(thrown).stream()
                .anyMatch(cause -> cause instanceof Refused
                        || String.valueOf(cause.getMessage()).contains(Refused.class.getName()));
    }
}
