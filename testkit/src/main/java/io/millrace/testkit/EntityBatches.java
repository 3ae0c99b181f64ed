package io.millrace.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link ServedEntity} knows of its batches, by correlation id. Rows of a batch are forgotten when the batch is planned again, unless
 * it is committed: then nothing changes any more.
 */
final class EntityBatches {

    private enum State {
        OPEN,
        COMPLETED,
        FAILED
    }

    private static final class Batch {
        private final List<JsonNode> rows = new ArrayList<>();
        private State state = State.OPEN;
        private int questions;
    }

    private final Map<String, Batch> batches = new LinkedHashMap<>();
    private int pending;
    private boolean failing;

    synchronized void pending(int questions) {
        pending = questions;
    }

    synchronized void failing() {
        failing = true;
    }

    synchronized void plan(String id) {
        if (batch(id).state != State.COMPLETED) {
            batches.put(id, new Batch());
        }
    }

    synchronized void take(String id, Iterable<JsonNode> rows) {
        Batch batch = batch(id);
        if (batch.state != State.COMPLETED) {
            rows.forEach(batch.rows::add);
        }
    }

    synchronized void complete(String id, boolean success) {
        Batch batch = batch(id);
        if (batch.state != State.COMPLETED) {
            batch.state = success && !failing ? State.COMPLETED : State.FAILED;
        }
    }

    synchronized String status(String id) {
        Batch batch = batch(id);
        if (batch.state == State.FAILED) {
            return "Failed";
        }
        return batch.state == State.COMPLETED && batch.questions++ >= pending ? "Success" : "Pending";
    }

    synchronized List<JsonNode> completedRows() {
        return batches.values().stream()
                .filter(batch -> batch.state == State.COMPLETED)
                .flatMap(batch -> batch.rows.stream())
                .toList();
    }

    private Batch batch(String id) {
        return batches.computeIfAbsent(id, unknown -> new Batch());
    }
}
