package io.millrace.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.MillraceException;
import io.millrace.plan.PipegraphPlan;
import io.millrace.spi.Slice;
import io.millrace.state.StampedId;
import io.millrace.state.StateFolder;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Remembers batch runs: each has an id, noted before its first write, by which its commits are known. A run that did not finish can be resumed
 * under its id, so that nothing is written twice; one that failed before anything was committed is forgotten. Without a state folder nothing is
 * remembered, and nothing can be resumed.
 */
final class RunLedger {

    private static final String RUNS = "runs";
    private static final String FINISHED = "finished";
    private static final String KEPT = "kept";

    private final @Nullable StateFolder state;
    private final String pipegraph;

    RunLedger(@Nullable StateFolder state, String pipegraph) {
        this.state = state;
        this.pipegraph = pipegraph;
    }

    /** Returns the run of a request: a new one, or one that did not finish. */
    BatchRun begin(PipegraphPlan plan, RunRequest request) {
        boolean batches =
                plan.etls().stream().anyMatch(etl -> !etl.etl().trigger().streaming());
        String fresh = StampedId.of("run");
        if (request.start() == RunRequest.Start.NAMED) {
            return run(request.run().orElseThrow(), request.slice(), List.of());
        }
        if (state == null || !batches) {
            if (request.start() == RunRequest.Start.RESUME) {
                throw MillraceException.user("pipegraph " + pipegraph
                        + " cannot resume a batch run: "
                        + (batches
                                ? "it remembers none; set pipegraph.state to a folder"
                                : "its ETLs are streams, which continue by themselves"));
            }
            return run(fresh, request.slice(), List.of());
        }
        List<String> left = request.start() == RunRequest.Start.NEW ? unfinished(request.slice()) : List.of();
        return run(chosen(request, fresh), request.slice(), left);
    }

    private BatchRun run(String id, Slice slice, List<String> left) {
        BatchRun run = new BatchRun(this, id, slice, left);
        return state != null && state.read(file(id)).isPresent() ? run.continued() : run;
    }

    /** Returns the last run of a slice that did not finish. */
    Optional<String> lastUnfinished(Slice slice) {
        List<String> unfinished = unfinished(slice);
        return unfinished.isEmpty() ? Optional.empty() : Optional.of(unfinished.get(unfinished.size() - 1));
    }

    /** Returns whether anything is remembered. */
    boolean remembers() {
        return state != null;
    }

    /** Returns what a run has kept for later ones, by name. */
    Map<String, String> kept(String run) {
        return state == null
                ? Map.of()
                : state.read(file(run)).map(RunLedger::kept).orElse(Map.of());
    }

    /** Returns what the last run that finished has kept under a name. */
    Optional<String> lastKept(String name) {
        return runs().filter(run -> run.hasNonNull(FINISHED) && run.path(KEPT).has(name))
                .max(Comparator.comparing(
                        run -> Instant.parse(run.path(FINISHED).asText())))
                .map(run -> run.path(KEPT).path(name).asText());
    }

    private static Map<String, String> kept(JsonNode run) {
        Map<String, String> kept = new LinkedHashMap<>();
        run.path(KEPT)
                .properties()
                .forEach(each -> kept.put(each.getKey(), each.getValue().asText()));
        return kept;
    }

    void note(String run, Slice slice, Instant started, @Nullable Instant finished, Map<String, String> kept) {
        if (state != null) {
            ObjectNode content = JsonNodeFactory.instance.objectNode();
            content.put("run", run);
            content.put("pipegraph", pipegraph);
            content.put("slice", slice.toString());
            content.put("started", started.toString());
            content.put(FINISHED, finished == null ? null : finished.toString());
            if (!kept.isEmpty()) {
                kept.forEach(content.putObject(KEPT)::put);
            }
            state.write(file(run), content);
        }
    }

    void forget(String run) {
        if (state != null) {
            state.delete(file(run));
        }
    }

    private String chosen(RunRequest request, String fresh) {
        Optional<String> wanted = request.run();
        if (request.start() == RunRequest.Start.NEW) {
            return wanted.orElse(fresh);
        }
        if (wanted.isPresent()) {
            if (unfinished(request.slice()).contains(wanted.get())) {
                return wanted.get();
            }
            throw MillraceException.user("run " + wanted.get() + " of pipegraph " + pipegraph + " cannot be resumed: "
                    + (state().read(file(wanted.get())).isPresent()
                            ? "it has finished, or took another slice"
                            : "there is none"));
        }
        List<String> unfinished = unfinished(request.slice());
        if (request.start() == RunRequest.Start.RESUME) {
            if (unfinished.isEmpty()) {
                throw MillraceException.user("pipegraph " + pipegraph + " has no unfinished run of slice "
                        + request.slice() + " to resume; run it without --resume");
            }
            return unfinished.get(unfinished.size() - 1);
        }
        if (!unfinished.isEmpty()) {
            throw MillraceException.user("run " + unfinished.get(unfinished.size() - 1) + " of pipegraph " + pipegraph
                    + " (slice " + request.slice()
                    + ") did not finish; --resume continues it and writes nothing twice,"
                    + " --new-run leaves it and writes everything as a new run");
        }
        return fresh;
    }

    /** Returns the runs of this pipegraph and slice that did not finish and were not followed by one that did. */
    private List<String> unfinished(Slice slice) {
        List<JsonNode> runs = runs().filter(run -> run.path("slice").asText().equals(slice.toString()))
                .sorted(Comparator.comparing(
                        run -> Instant.parse(run.path("started").asText(Instant.EPOCH.toString()))))
                .toList();
        int lastFinished = -1;
        for (int i = 0; i < runs.size(); i++) {
            if (runs.get(i).hasNonNull(FINISHED)) {
                lastFinished = i;
            }
        }
        return runs.subList(lastFinished + 1, runs.size()).stream()
                .map(run -> run.path("run").asText())
                .toList();
    }

    private Stream<JsonNode> runs() {
        return state().list(RUNS).stream()
                .flatMap(file -> state().read(file).stream())
                .filter(run -> run.path("pipegraph").asText().equals(pipegraph));
    }

    private Path file(String run) {
        return state().path(RUNS, run + ".json");
    }

    private StateFolder state() {
        if (state == null) {
            throw new IllegalStateException("no state folder");
        }
        return state;
    }
}
