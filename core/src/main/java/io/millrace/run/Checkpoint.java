package io.millrace.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.internal.state.StateFolder;
import io.millrace.plan.EtlPlan;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.fs.Path;

/**
 * The checkpoint of a streaming ETL, and what is noted with it: whose it is, the id of its commits, which is drawn together with it, and what it
 * reads. So a deleted checkpoint is a new id: on a table that holds commits of the old one it is refused, as everything would be written again.
 *
 * @param state where it lies
 * @param folder Spark's checkpoint location
 * @param request the id
 * @param inputs what the stream began to read, by name
 */
record Checkpoint(StateFolder state, Path folder, String request, Map<String, String> inputs) {

    /** The id of a stream begins so, that of a run does not. */
    static final String STREAM = "stream-";

    private static final String NOTE = "_millrace.json";
    private static final String PIPEGRAPH = "pipegraph";
    private static final String ETL = "etl";
    private static final String REQUEST = "request";
    private static final String INPUTS = "inputs";

    Checkpoint {
        inputs = Map.copyOf(inputs);
    }

    /** Returns where the checkpoint of an ETL lies. */
    static Path folder(StateFolder state, String pipegraph, String etl) {
        return state.path("checkpoints", pipegraph, etl);
    }

    /** Returns where what is noted with a checkpoint lies. */
    static Path note(Path folder) {
        return new Path(folder, NOTE);
    }

    /** Makes a checkpoint that is new. */
    static Checkpoint begun(StateFolder state, Path folder) {
        return new Checkpoint(state, folder, STREAM + UUID.randomUUID(), Map.of());
    }

    /** Makes it of what is noted with it. */
    static Checkpoint noted(StateFolder state, Path folder, ObjectNode note) {
        Map<String, String> inputs = new TreeMap<>();
        note.path(INPUTS)
                .properties()
                .forEach(input -> inputs.put(input.getKey(), input.getValue().asText()));
        if (!note.path(REQUEST).isTextual()) {
            throw StateFolder.damaged(note(folder), "it does not name the stream");
        }
        return new Checkpoint(state, folder, note.path(REQUEST).textValue(), inputs);
    }

    /** Returns whether a note says that the checkpoint is an ETL's; one of the form before pipegraphs were noted does not say. */
    static boolean saysWhose(ObjectNode note) {
        return note.has(PIPEGRAPH);
    }

    /** Returns whether a note says that the checkpoint is this ETL's. */
    static boolean isOf(EtlPlan etl, String pipegraph, ObjectNode note) {
        return note.path(PIPEGRAPH).asText().equals(pipegraph)
                && note.path(ETL).asText().equals(etl.name());
    }

    /** Returns whose a note says the checkpoint is. */
    static String owner(ObjectNode note) {
        return "ETL " + note.path(ETL).asText() + " of pipegraph "
                + note.path(PIPEGRAPH).asText();
    }

    /** Returns the same, of a stream that reads these besides; what is known already stays. */
    Checkpoint reading(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(inputs);
        all.putAll(more);
        return new Checkpoint(state, folder, request, all);
    }

    /** Notes it. */
    void write(String pipegraph, String etl) {
        ObjectNode note = JsonNodeFactory.instance.objectNode();
        note.put(REQUEST, request).put(PIPEGRAPH, pipegraph).put(ETL, etl);
        new TreeMap<>(inputs).forEach(note.putObject(INPUTS)::put);
        state.write(note(folder), note);
    }

    /** Returns the last batch that Spark began; empty before the first. */
    OptionalLong last() {
        return latest("offsets");
    }

    /** Returns the batch that an earlier run began and Spark has not noted as finished: the next run begins with it again. */
    OptionalLong unfinished() {
        OptionalLong begun = last();
        long finished = latest("commits").orElse(-1);
        return begun.isPresent() && begun.getAsLong() > finished ? begun : OptionalLong.empty();
    }

    /** Spark names a file after each batch. */
    private OptionalLong latest(String log) {
        return state.names(new Path(folder, log)).stream()
                .filter(name -> name.matches("\\d+"))
                .mapToLong(Long::parseLong)
                .max();
    }
}
