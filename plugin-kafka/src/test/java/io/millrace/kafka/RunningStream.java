package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.run.EtlResult;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A stream that goes on in a thread of its own until it is closed. */
final class RunningStream implements AutoCloseable {

    private final Semaphore kept = new Semaphore(0);
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final PipegraphRunner runner;
    private final Future<RunResult> result;

    /** Starts it; {@code registry} are the settings of the registry. */
    RunningStream(RegisteredStream stream, String registry) {
        runner = stream.runner(registry, "trigger = continuous", RunRequest.all(), new RunListener() {
            @Override
            public void batchFinished(EtlResult batch) {
                kept.release((int) batch.outputs().get(0).counts().committed());
            }
        });
        result = thread.submit(runner::run);
    }

    /** Waits until so many records more are kept. */
    void awaitKept(int records) throws InterruptedException {
        assertThat(kept.tryAcquire(records, 1, TimeUnit.MINUTES))
                .as("whether %d records are kept", records)
                .isTrue();
    }

    /** Waits until it ends by itself. */
    RunResult result() throws InterruptedException, ExecutionException, TimeoutException {
        return result.get(1, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        runner.stop();
        thread.shutdown();
        try {
            assertThat(thread.awaitTermination(1, TimeUnit.MINUTES))
                    .as("whether it stops")
                    .isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
