package io.millrace.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One entity of an {@link EntityServer}. It honours correlation ids: rows of a batch are forgotten when the batch is planned again, and a
 * batch that was completed with success stays as it is. For use by several threads.
 */
public final class ServedEntity {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final URI base;
    private final CountDownLatch serverClosed;
    private final ObjectNode plan = JSON.createObjectNode().put("writeType", "Hot");
    private final List<Received> received = new ArrayList<>();
    private final Map<EntityCall, Deque<EntityFault>> faults = new EnumMap<>(EntityCall.class);
    private final Map<EntityCall, EntityFault> everyTime = new EnumMap<>(EntityCall.class);
    private final EntityBatches batches = new EntityBatches();

    /**
     * A call an entity received.
     *
     * @param call which it was
     * @param correlationId the header {@code X-PLT-Correlation-Id}
     * @param body the body; empty for none
     */
    public record Received(EntityCall call, String correlationId, String body) {}

    ServedEntity(URI base, CountDownLatch serverClosed) {
        this.base = base;
        this.serverClosed = serverClosed;
    }

    /** Returns the entity's base URL. */
    public URI base() {
        return base;
    }

    /** From now on batches are to be written as files. */
    public synchronized ServedEntity cold(String format, String writeUri) {
        plan.put("writeType", "Cold").put("format", format).put("writeUri", writeUri);
        return this;
    }

    /** From now on plans carry credentials whose parts start with {@code prefix}. */
    public synchronized ServedEntity credentials(String prefix) {
        ObjectNode pair = plan.putObject("temporaryCredentials");
        for (String key : List.of("r", "w")) {
            pair.putObject(key)
                    .put("accessKeyID", prefix + "-id-" + key)
                    .put("secretKey", prefix + "-secret-" + key)
                    .put("sessionToken", prefix + "-token-" + key);
        }
        return this;
    }

    /** A completed batch is pending for so many questions before it is committed. */
    public ServedEntity pending(int questions) {
        batches.pending(questions);
        return this;
    }

    /** A completed batch stays pending. */
    public ServedEntity pendingForEver() {
        return pending(Integer.MAX_VALUE);
    }

    /** A batch that is completed with success fails to be committed. */
    public ServedEntity failsToCommit() {
        batches.failing();
        return this;
    }

    /** The next calls of this kind go wrong, one after the other. */
    public synchronized ServedEntity faults(EntityCall call, EntityFault... next) {
        faults.computeIfAbsent(call, kind -> new ArrayDeque<>()).addAll(List.of(next));
        return this;
    }

    /** Every call of this kind goes wrong. */
    public synchronized ServedEntity always(EntityCall call, EntityFault fault) {
        everyTime.put(call, fault);
        return this;
    }

    /** Returns the calls so far, in their order. */
    public synchronized List<Received> received() {
        return List.copyOf(received);
    }

    /** Returns the kinds of the calls so far, in their order. */
    public synchronized List<EntityCall> calls() {
        return received.stream().map(Received::call).toList();
    }

    /** Returns the rows of the batches that were completed with success, each batch's rows in the order they came. */
    public List<JsonNode> rows() {
        return batches.completedRows();
    }

    void handle(HttpExchange exchange, String path) throws IOException {
        Optional<EntityCall> call = EntityCall.at(path);
        @Nullable String correlationId = exchange.getRequestHeaders().getFirst("X-PLT-Correlation-Id");
        if (call.isEmpty() || !exchange.getRequestMethod().equals(call.get().method())) {
            EntityServer.answer(exchange, 404, error("no " + exchange.getRequestMethod() + " " + path));
            return;
        }
        @Nullable EntityFault fault = nextFault(call.get());
        if (fault instanceof EntityFault.ReadNothing) {
            awaitClose();
            return;
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (correlationId == null) {
            EntityServer.answer(exchange, 400, error("no X-PLT-Correlation-Id"));
            return;
        }
        Received arrived = new Received(call.get(), correlationId, body);
        arrive(arrived);
        if (fault == null) {
            respond(exchange, arrived);
        } else {
            misbehave(exchange, arrived, fault);
        }
    }

    private synchronized void arrive(Received arrived) {
        received.add(arrived);
    }

    private synchronized @Nullable EntityFault nextFault(EntityCall call) {
        @Nullable Deque<EntityFault> next = faults.get(call);
        @Nullable EntityFault fault = next == null ? null : next.poll();
        return fault == null ? everyTime.get(call) : fault;
    }

    private void misbehave(HttpExchange exchange, Received arrived, EntityFault fault) throws IOException {
        if (fault instanceof EntityFault.Status status) {
            EntityServer.answer(exchange, status.code(), status.body());
        } else if (fault instanceof EntityFault.Slow slow) {
            if (stillOpenAfter(slow.delay().toMillis())) {
                respond(exchange, arrived);
            }
        } else if (fault instanceof EntityFault.Hang) {
            awaitClose();
        } else if (fault instanceof EntityFault.HangInBody) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            awaitClose();
        } else if (fault instanceof EntityFault.Disconnect) {
            exchange.close();
        } else if (fault instanceof EntityFault.DisconnectAfterwards) {
            outcome(exchange, arrived);
            exchange.close();
        }
    }

    private void awaitClose() {
        boolean open = true;
        while (open && !Thread.currentThread().isInterrupted()) {
            open = stillOpenAfter(Long.MAX_VALUE);
        }
    }

    /** Returns whether the server is still open after that time. */
    private boolean stillOpenAfter(long millis) {
        try {
            return !serverClosed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void respond(HttpExchange exchange, Received arrived) throws IOException {
        Outcome outcome = outcome(exchange, arrived);
        EntityServer.answer(exchange, outcome.status, outcome.body);
    }

    private Outcome outcome(HttpExchange exchange, Received arrived) {
        boolean rows = arrived.call() == EntityCall.STREAM;
        String wanted = rows ? "application/octet-stream" : "application/json";
        boolean body = arrived.call() != EntityCall.COMMITTED;
        if (body && !wanted.equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            return new Outcome(415, error("Content-Type must be " + wanted));
        }
        try {
            return act(arrived, body ? JSON.readTree(arrived.body()) : JSON.nullNode());
        } catch (JsonProcessingException notJson) {
            return new Outcome(400, error("not JSON"));
        }
    }

    private Outcome act(Received arrived, JsonNode body) {
        String batch = arrived.correlationId();
        return switch (arrived.call()) {
            case PLAN -> {
                batches.plan(batch);
                yield new Outcome(200, planned());
            }
            case STREAM -> {
                if (!body.isArray()) {
                    yield new Outcome(400, error("not a JSON array"));
                }
                batches.take(batch, body);
                yield new Outcome(200, "{}");
            }
            case COMPLETE -> {
                batches.complete(batch, body.path("success").booleanValue());
                yield new Outcome(204, "");
            }
            case COMMITTED -> new Outcome(200, "{\"commitStatus\": \"" + batches.status(batch) + "\"}");
        };
    }

    private synchronized String planned() {
        return plan.toString();
    }

    private static String error(String message) {
        return JSON.createObjectNode().put("error", message).toString();
    }

    private record Outcome(int status, String body) {}
}
