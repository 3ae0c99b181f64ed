package io.millrace.run;

import io.millrace.config.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Streams that do not end, each on a thread of its own. When one fails, the others are asked to stop; closing this waits until all have. */
final class StreamThreads implements AutoCloseable {

    private final StopSignal stop;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> streams = new ArrayList<>();

    StreamThreads(StopSignal stop) {
        this.stop = stop;
    }

    /** Runs a stream until it is asked to stop. */
    void start(Runnable stream) {
        streams.add(threads.submit(() -> {
            try {
                stream.run();
            } catch (RuntimeException | Error failed) {
                stop.stop();
                throw failed;
            }
        }));
    }

    /**
     * Waits until all have ended.
     *
     * @throws MillraceException what the first of them has thrown
     */
    void await() {
        for (Future<?> stream : streams) {
            try {
                stream.get();
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof MillraceException ours) {
                    throw ours;
                }
                throw MillraceException.internal("a stream failed: " + failed.getCause(), failed.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw MillraceException.internal("interrupted while waiting for streams", interrupted);
            }
        }
    }

    /** Leaves no stream running, whatever happened. */
    @Override
    public void close() {
        if (streams.stream().anyMatch(stream -> !stream.isDone())) {
            stop.stop();
        }
        threads.shutdown();
        try {
            boolean done = threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            assert done : "streams end some day";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
