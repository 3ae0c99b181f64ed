package io.millrace.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.Fingerprint;
import io.millrace.spi.Slice;
import io.millrace.state.StampedId;
import io.millrace.state.StateFolder;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers runs of a workflow: the ids under which its jobs run, and which of them are done, so that a run that did not finish can be continued by
 * another process. Without a state folder nothing is remembered, and nothing can be continued.
 */
final class WorkflowLedger {

    private static final String RUNS = "runs";

    private final @Nullable StateFolder state;
    private final String workflow;
    private final String asked;

    /**
     * For the runs of a workflow that were asked the same.
     *
     * @param state the workflow's own folder, or null
     */
    WorkflowLedger(@Nullable StateFolder state, String workflow, WorkflowRequest request) {
        this.state = state;
        this.workflow = workflow;
        this.asked = fingerprint(request);
    }

    /** Returns the last run that did not finish, and was not followed by one that did. */
    Optional<NotedRun> unfinished() {
        if (state == null) {
            return Optional.empty();
        }
        List<JsonNode> runs = state.list(RUNS).stream()
                .flatMap(file -> state.read(file).stream())
                .filter(run -> run.path("workflow").asText().equals(workflow)
                        && run.path("asked").asText().equals(asked))
                .sorted(Comparator.comparing(
                        run -> Instant.parse(run.path("started").asText(Instant.EPOCH.toString()))))
                .toList();
        if (runs.isEmpty() || runs.get(runs.size() - 1).hasNonNull("finished")) {
            return Optional.empty();
        }
        return Optional.of(new NotedRun(this, (ObjectNode) runs.get(runs.size() - 1)));
    }

    /** Begins a run; it is noted with the first job. */
    NotedRun begin() {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("run", StampedId.of("workflow"));
        content.put("workflow", workflow);
        content.put("asked", asked);
        content.put("started", Instant.now().toString());
        content.putObject("jobs");
        return new NotedRun(this, content);
    }

    void write(String run, ObjectNode content) {
        if (state != null) {
            state.write(state.path(RUNS, run + ".json"), content);
        }
    }

    /** Values that are set may be secrets, so only what tells them apart is noted. */
    private static String fingerprint(WorkflowRequest request) {
        String slice = request.slice().equals(Slice.ALL) ? "" : request.slice().toString();
        return request.asked().isEmpty() && slice.isEmpty() ? "" : Fingerprint.of(request.asked() + slice);
    }
}
