package io.millrace.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.MillraceException;
import io.millrace.internal.state.StateFolder;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PlannedOutput;
import io.millrace.run.RunRequest.Allowance;
import io.millrace.spi.OutputId;
import io.millrace.spi.StreamingSource;
import io.millrace.spi.SupportsCommitHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Finds or begins the checkpoint of a streaming ETL, and compares it with the ETL's targets and its input before anything is read: a new checkpoint
 * over targets that hold an earlier stream would write rows twice, an older one than the targets know would pass rows over, and so would one whose
 * topic was made anew.
 */
final class Checkpoints {

    private final String pipegraph;
    private final EtlPlan etl;
    private final StateFolder state;
    private final SparkSession session;
    private final Set<Allowance> allowances;
    private final Path folder;

    Checkpoints(String pipegraph, EtlPlan etl, StateFolder state, SparkSession session, Set<Allowance> allowances) {
        this.pipegraph = pipegraph;
        this.etl = etl;
        this.state = state;
        this.session = session;
        this.allowances = allowances;
        this.folder = Checkpoint.folder(state, pipegraph, etl.name());
    }

    /**
     * Returns the checkpoint to go on with.
     *
     * @throws MillraceException of kind USER where going on with it would lose or double rows, EXTERNAL where it cannot be read
     */
    Checkpoint open() {
        Checkpoint checkpoint = known().or(this::ofEarlierForm).orElseGet(this::begun);
        refuseOlder(checkpoint);
        Map<String, String> inputs = read();
        refuseOtherInputs(checkpoint, inputs);
        Checkpoint reading = checkpoint.reading(inputs);
        if (!reading.equals(checkpoint) || !state.exists(Checkpoint.note(folder))) {
            reading.write(pipegraph, etl.name());
        }
        return reading;
    }

    private Optional<Checkpoint> known() {
        Optional<ObjectNode> note = state.read(Checkpoint.note(folder));
        note.filter(found -> !Checkpoint.isOf(etl, pipegraph, found)).ifPresent(found -> {
            throw MillraceException.user("ETL " + etl.name() + ": the checkpoint " + folder + " is that of "
                    + Checkpoint.owner(found)
                    + ": their names differ in nothing that the name of a folder can show; rename one");
        });
        if (note.isEmpty() && !state.names(new Path(folder, "offsets")).isEmpty()) {
            throw StateFolder.damaged(Checkpoint.note(folder), "it is not there, but what Spark notes of a stream is");
        }
        return note.map(found -> Checkpoint.noted(state, folder, found));
    }

    /** Checkpoints once lay beside each other, whatever pipegraph they were of: the commits in the targets tell whose one is. */
    private Optional<Checkpoint> ofEarlierForm() {
        Path earlier = state.path("checkpoints", etl.name());
        Optional<Checkpoint> found = state.read(Checkpoint.note(earlier))
                .filter(note -> !Checkpoint.saysWhose(note))
                .map(note -> Checkpoint.noted(state, earlier, note));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Checkpoint candidate = found.get();
        Map<PlannedOutput, Map<String, Long>> histories = histories();
        boolean ours = histories.values().stream().anyMatch(last -> last.containsKey(candidate.request()));
        boolean others = histories.values().stream().anyMatch(last -> !last.isEmpty());
        if (!ours && others) {
            return Optional.empty(); // another pipegraph's
        }
        if (!ours && !histories.isEmpty() && candidate.last().isPresent()) {
            throw MillraceException.user("ETL " + etl.name() + ": the checkpoint " + earlier
                    + " does not say which pipegraph it is of, and the targets of this one hold no commit of it. If it is of pipegraph "
                    + pipegraph + ", move it to " + folder
                    + "; else run the one that it is of first, which takes it over");
        }
        return Optional.of(takenOver(candidate));
    }

    /** The folder of a pipegraph may have the name of the checkpoint that moves into it. */
    private Checkpoint takenOver(Checkpoint candidate) {
        Path between = new Path(
                candidate.folder().getParent(), ".earlier-" + candidate.folder().getName());
        state.move(candidate.folder(), between);
        state.move(between, folder);
        Checkpoint ours = new Checkpoint(state, folder, candidate.request(), Map.of());
        ours.write(pipegraph, etl.name());
        return ours;
    }

    private Checkpoint begun() {
        if (!allowances.contains(Allowance.NEW_CHECKPOINT)) {
            histories().forEach(this::refuseEarlierStreams);
        }
        return Checkpoint.begun(state, folder);
    }

    private void refuseEarlierStreams(PlannedOutput output, Map<String, Long> history) {
        Set<String> earlier = history.keySet().stream()
                .filter(request -> request.startsWith(Checkpoint.STREAM))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!earlier.isEmpty()) {
            throw MillraceException.user(
                    "ETL " + etl.name() + ": the checkpoint " + folder + " is new, but "
                            + output.output().model() + " (" + output.sink().description()
                            + ") holds commits of an earlier stream of this ETL (" + String.join(", ", earlier)
                            + "): everything would be read and written again. Restore the checkpoint, or empty the target, or accept it with --accept-new-checkpoint");
        }
    }

    /** Spark would count on from an older batch, and targets would take what is new for what they hold. */
    private void refuseOlder(Checkpoint checkpoint) {
        long known = checkpoint.last().orElse(-1);
        for (PlannedOutput output : remembering()) {
            for (OutputId id : ids(output)) {
                Long last = history(output).lastBatches(session, id).get(checkpoint.request());
                if (last != null && last > known) {
                    throw MillraceException.user("ETL " + etl.name() + ": the checkpoint " + folder
                            + " is older than what it was for: it knows of "
                            + (known < 0 ? "no batch" : "batches up to " + known) + ", and "
                            + output.output().model() + " (" + output.sink().description() + ") holds batch " + last
                            + " of this stream. New rows would be taken for those of batches that are there, and be lost."
                            + " Restore a checkpoint that is as new as the target; or delete it and begin anew with --accept-new-checkpoint,"
                            + " which reads everything and writes it again");
                }
            }
        }
    }

    private void refuseOtherInputs(Checkpoint checkpoint, Map<String, String> inputs) {
        List<String> changed = new ArrayList<>();
        new TreeMap<>(inputs).forEach((name, id) -> {
            String before = checkpoint.inputs().get(name);
            if (before != null && !before.equals(id)) {
                changed.add(name + " was " + before + ", and is " + id);
            }
        });
        if (!changed.isEmpty()) {
            throw MillraceException.user("ETL " + etl.name() + ": the checkpoint " + folder
                    + " is not of what the stream reads now: " + String.join("; ", changed)
                    + ". What the checkpoint says was read is not what was read here, so rows would be passed over or come twice."
                    + " Put back what was there; or, to read this from its beginning, delete the checkpoint and begin anew with"
                    + " --accept-new-checkpoint, which leaves in the targets what they hold");
        }
    }

    private Map<String, String> read() {
        var input = etl.streamed().orElseThrow();
        try {
            return ((StreamingSource) input.source()).streamedFrom(session);
        } catch (Exception unreadable) { // Spark throws checked exceptions without declaring them
            throw BatchInputs.unreadable(etl, input, unreadable);
        }
    }

    /** Returns what the targets that remember hold of the outputs. */
    private Map<PlannedOutput, Map<String, Long>> histories() {
        Map<PlannedOutput, Map<String, Long>> histories = new LinkedHashMap<>();
        for (PlannedOutput output : etl.outputs()) {
            if (output.sink() instanceof SupportsCommitHistory history) {
                histories.put(output, history.lastBatches(session, output.id()));
            }
        }
        return histories;
    }

    private List<PlannedOutput> remembering() {
        List<PlannedOutput> all = new ArrayList<>(etl.outputs());
        etl.deadLetters().ifPresent(all::add);
        all.removeIf(output -> !(output.sink() instanceof SupportsCommitHistory));
        return all;
    }

    private static SupportsCommitHistory history(PlannedOutput output) {
        return (SupportsCommitHistory) output.sink();
    }

    /** A place for dead letters knows those of each output's sink by an id of their own. */
    private List<OutputId> ids(PlannedOutput output) {
        List<OutputId> ids = new ArrayList<>(List.of(output.id()));
        if (etl.deadLetters().filter(output::equals).isPresent()) {
            etl.outputs().forEach(each -> ids.add(output.id().lettersOf(each.id())));
        }
        return ids;
    }
}
