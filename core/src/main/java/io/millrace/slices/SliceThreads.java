package io.millrace.slices;

import io.millrace.internal.spark.session.SharedApplication;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The threads of a sliced run. Some run slices; others note what became of them, so that the next slice is claimed meanwhile, in the same commit. A slice
 * is not begun as long as too many wait for being noted.
 */
final class SliceThreads implements AutoCloseable {

    private final ExecutorService running;
    private final ExecutorService endings = Executors.newCachedThreadPool();
    private final Semaphore notEnded;

    /** @param atOnce how many slices run at once */
    SliceThreads(int atOnce) {
        running = Executors.newFixedThreadPool(atOnce);
        notEnded = new Semaphore(2 * atOnce);
    }

    /**
     * Runs a slice; those that are submitted first begin first.
     *
     * @param run runs it, and returns how what became of it is noted
     */
    Future<SliceResult> submit(Supplier<Supplier<SliceResult>> run) {
        CompletableFuture<SliceResult> result = new CompletableFuture<>();
        running.execute(() -> {
            notEnded.acquireUninterruptibly();
            try {
                Supplier<SliceResult> ending = run.get();
                endings.execute(() -> end(ending, result));
            } catch (Throwable broken) { // whoever waits for the result has to hear of it
                notEnded.release();
                result.completeExceptionally(broken);
            }
        });
        return result;
    }

    private void end(Supplier<SliceResult> ending, CompletableFuture<SliceResult> result) {
        try {
            result.complete(ending.get());
        } catch (Throwable broken) { // whoever waits for the result has to hear of it
            result.completeExceptionally(broken);
        } finally {
            notEnded.release();
        }
    }

    /** Waits until all slices have ended. */
    @Override
    public void close() {
        running.shutdown();
        SharedApplication.awaitEnd(running);
        endings.shutdown();
        SharedApplication.awaitEnd(endings);
    }
}
