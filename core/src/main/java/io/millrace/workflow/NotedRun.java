package io.millrace.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** One run of a workflow, as its ledger knows it. Thread-safe. */
final class NotedRun {

    private final WorkflowLedger ledger;
    private final ObjectNode content;

    NotedRun(WorkflowLedger ledger, ObjectNode content) {
        this.ledger = ledger;
        this.content = content;
    }

    String id() {
        return content.path("run").asText();
    }

    /** Returns whether an earlier process has done a job. */
    synchronized boolean done(String job) {
        return jobs().path(job).hasNonNull("done");
    }

    /** Returns the id under which a job was begun. */
    synchronized Optional<String> runOf(String job) {
        JsonNode run = jobs().path(job).path("run");
        return run.isTextual() ? Optional.of(run.textValue()) : Optional.empty();
    }

    /** Notes under which id a job is about to begin. */
    synchronized void begin(String job, String run) {
        jobs().putObject(job).put("run", run);
        write();
    }

    /** Notes that a job is done. */
    synchronized void finish(String job) {
        ((ObjectNode) jobs().path(job)).put("done", Instant.now().toString());
        write();
    }

    /** Notes that all jobs are done. */
    synchronized void finish() {
        content.put("finished", Instant.now().toString());
        write();
    }

    private ObjectNode jobs() {
        return (ObjectNode) content.path("jobs");
    }

    private void write() {
        ledger.write(id(), content);
    }
}
