package io.millrace.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server of entities on a free port of this machine, which speaks the entity protocol, keeps what it was told, and misbehaves where a test
 * wants it to.
 *
 * <pre>{@code
 * try (EntityServer server = EntityServer.start()) {
 *     ServedEntity orders = server.entity("/sales/orders/v1").cold("Delta", folder.toString());
 *     orders.faults(EntityCall.PLAN, EntityFault.status(500, "out of order"));
 *     …
 *     assertThat(orders.received()).extracting(Received::correlationId).containsOnly("batch-1");
 * }
 * }</pre>
 */
public final class EntityServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, ServedEntity> entities = new ConcurrentHashMap<>();

    private EntityServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "entity-server");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Starts a server without entities. */
    public static EntityServer start() {
        try {
            return new EntityServer();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot start an entity server", failed);
        }
    }

    /** Returns the address of the server, without a slash at the end. */
    public URI address() {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort());
    }

    /**
     * Returns the entity at a path of this server; made when it is first asked for, as one that wants rows ({@code Hot}).
     *
     * @param path such as {@code /sales/orders/v1}
     */
    public ServedEntity entity(String path) {
        return entities.computeIfAbsent(path, at -> new ServedEntity(url(at), closed));
    }

    private URI url(String path) {
        try {
            String raw = new URI(null, null, path, null).getRawPath();
            return URI.create(address() + raw);
        } catch (URISyntaxException notAPath) {
            throw new IllegalArgumentException(path + " is not a path", notAPath);
        }
    }

    /** Lets go of every call that hangs, and stops. */
    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        for (Map.Entry<String, ServedEntity> entity : entities.entrySet()) {
            if (path.startsWith(entity.getKey() + "/")) {
                entity.getValue()
                        .handle(exchange, path.substring(entity.getKey().length()));
                return;
            }
        }
        answer(exchange, 404, "{\"error\": \"no entity at " + path + "\"}");
    }

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
