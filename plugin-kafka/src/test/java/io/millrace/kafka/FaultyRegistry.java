package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.broker.RegistryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real registry behind something that gets in its way. */
final class FaultyRegistry implements AutoCloseable {

    /** What becomes of one request: an answer with this status, after this time; with status 200 the registry's own. */
    record Fault(int status, long millis) {}

    private final RegistryServer registry;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Semaphore asked = new Semaphore(0);
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile boolean away;
    private volatile @Nullable String wanted;

    FaultyRegistry(RegistryServer registry) {
        this.registry = registry;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Asks for this authorization from now on. */
    void wants(String authorization) {
        wanted = authorization;
    }

    /** Answers every request with a status 503 until it comes back. */
    void goAway() {
        away = true;
        asked.drainPermits();
    }

    void comeBack() {
        away = false;
    }

    /** Answers nobody until it goes on. */
    void hold() {
        held = new CountDownLatch(1);
        asked.drainPermits();
    }

    void goOn() {
        held.countDown();
    }

    /** Waits until it was asked something, since it went away or held its answers. */
    void awaitRequest() throws InterruptedException {
        assertThat(asked.tryAcquire(1, TimeUnit.MINUTES))
                .as("whether somebody asked")
                .isTrue();
    }

    /** Has the next requests fail, one each. */
    void faults(Fault... next) {
        faults.addAll(List.of(next));
    }

    /** Returns paths and authorizations of all requests. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(exchange.getRequestURI() + (authorization == null ? "" : " " + authorization));
        Fault fault = fault(authorization);
        asked.release();
        try (exchange) {
            held.await();
            if (fault != null) {
                TimeUnit.MILLISECONDS.sleep(fault.millis);
            }
            if (fault != null && fault.status != 200) {
                send(exchange, fault.status, "out of order".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            } else {
                HttpResponse<byte[]> answer = client.send(
                        HttpRequest.newBuilder(URI.create(registry.url() + exchange.getRequestURI()))
                                .build(),
                        BodyHandlers.ofByteArray());
                send(exchange, answer.statusCode(), answer.body());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Fault fault(@Nullable String authorization) {
        if (away) {
            return new Fault(503, 0);
        }
        String key = wanted;
        return key == null || key.equals(authorization) ? faults.poll() : new Fault(401, 0);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
