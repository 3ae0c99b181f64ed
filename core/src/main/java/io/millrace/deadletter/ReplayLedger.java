package io.millrace.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.state.StampedId;
import io.millrace.state.StateFolder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Remembers the replays of a pipegraph, each in a file of its state. */
public final class ReplayLedger {

    private static final String REPLAYS = "replays";

    private final StateFolder state;

    /** The ledger in a state folder. */
    public ReplayLedger(StateFolder state) {
        this.state = state;
    }

    /** Returns the replays of an ETL, the earliest first. */
    public List<Replay> of(String etl) {
        return state.list(REPLAYS).stream()
                .flatMap(file -> state.read(file).stream())
                .map(ReplayLedger::read)
                .filter(replay -> replay.etl().equals(etl))
                .sorted(Comparator.comparing(Replay::started))
                .toList();
    }

    /** Returns the one that was begun and did not come to its end. */
    public Optional<Replay> unfinished(String etl) {
        return of(etl).stream().filter(replay -> replay.finished() == null).findFirst();
    }

    /** Begins one. */
    public Replay begin(String etl, String condition, List<String> batches) {
        Replay replay = new Replay(StampedId.of("replay"), etl, condition, batches, Instant.now(), null);
        write(replay);
        return replay;
    }

    /** Notes that one is through. */
    public void finish(Replay replay) {
        write(replay.done());
    }

    /** Forgets one that has changed nothing. */
    public void forget(Replay replay) {
        state.delete(file(replay));
    }

    private Path file(Replay replay) {
        return state.path(REPLAYS, replay.id() + ".json");
    }

    private void write(Replay replay) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("replay", replay.id()).put("etl", replay.etl()).put("condition", replay.condition());
        ArrayNode batches = content.putArray("batches");
        replay.batches().forEach(batches::add);
        content.put("started", replay.started().toString());
        content.put(
                "finished", replay.finished() == null ? null : replay.finished().toString());
        state.write(file(replay), content);
    }

    private static Replay read(JsonNode content) {
        List<String> batches = new ArrayList<>();
        content.path("batches").forEach(batch -> batches.add(batch.asText()));
        return new Replay(
                content.path("replay").asText(),
                content.path("etl").asText(),
                content.path("condition").asText(),
                batches,
                Instant.parse(content.path("started").asText()),
                content.hasNonNull("finished")
                        ? Instant.parse(content.path("finished").asText())
                        : null);
    }
}
