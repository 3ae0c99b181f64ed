package io.millrace.catalog;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request: a JSON array whose rows are drawn by the thread that calls {@link #pump}, as fast as the server takes them. (The
 * iterators of an engine know their task by the thread; drawn by a thread of the HTTP client they would fail.)
 */
final class RequestBody implements BodyPublisher {

    private static final int CHUNK = 64 * 1024;
    private static final int UNBOUNDED = 1_000_000;

    private final Duration timeout;
    /** A permit for each chunk the server side asks for; the end of the request gives one too, so that the pump wakes up. */
    private final Semaphore demand = new Semaphore(0);

    private volatile @Nullable Subscriber<? super ByteBuffer> subscriber;

    RequestBody(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public long contentLength() {
        return -1;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> client) {
        subscriber = client;
        client.onSubscribe(new Subscription() {
            @Override
            public void request(long n) {
                demand.release((int) Math.min(n, UNBOUNDED));
            }

            @Override
            public void cancel() {
                demand.release();
            }
        });
    }

    /** Draws the rows until they end or the request does, and returns whether they ended. What the iterator throws breaks the request off and is thrown on. */
    boolean pump(Iterator<String> rows, CompletableFuture<?> request)
            throws HttpTimeoutException, InterruptedException {
        CompletableFuture<?> wake = request.whenComplete((answer, failure) -> demand.release());
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK);
        try {
            chunk.write('[');
            boolean first = true;
            while (rows.hasNext()) {
                if (!first) {
                    chunk.write(',');
                }
                first = false;
                chunk.writeBytes(rows.next().getBytes(StandardCharsets.UTF_8));
                if (chunk.size() >= CHUNK && !sent(chunk, request)) {
                    return false;
                }
            }
            chunk.write(']');
            if (!sent(chunk, request)) {
                return false;
            }
            client().onComplete();
            return true;
        } catch (RuntimeException | Error failed) {
            breakOff(failed);
            throw failed;
        } finally {
            wake.cancel(false);
        }
    }

    /** Hands a chunk over once it is asked for; false where the request has ended meanwhile. */
    private boolean sent(ByteArrayOutputStream chunk, CompletableFuture<?> request)
            throws HttpTimeoutException, InterruptedException {
        if (!demand.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new HttpTimeoutException("the server takes no rows");
        }
        if (request.isDone()) {
            return false;
        }
        client().onNext(ByteBuffer.wrap(chunk.toByteArray()));
        chunk.reset();
        return true;
    }

    private void breakOff(Throwable failure) {
        @Nullable Subscriber<? super ByteBuffer> client = subscriber;
        if (client != null) {
            client.onError(failure);
        }
    }

    private Subscriber<? super ByteBuffer> client() {
        @Nullable Subscriber<? super ByteBuffer> client = subscriber;
        if (client == null) {
            throw new IllegalStateException("rows are asked for before the request has begun");
        }
        return client;
    }
}
