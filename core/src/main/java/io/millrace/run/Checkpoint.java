package io.millrace.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.config.MillraceException;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PlannedOutput;
import io.millrace.run.RunRequest.Allowance;
import io.millrace.spi.SupportsCommitHistory;
import io.millrace.state.StateFolder;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The checkpoint of a streaming ETL, and the id of its commits, which is drawn together with it and kept in it. So a deleted checkpoint is a new
 * id: on a table that holds commits of the old one it is refused, as everything would be written again.
 *
 * @param state where it lies
 * @param folder Spark's checkpoint location
 * @param request the id
 */
record Checkpoint(StateFolder state, Path folder, String request) {

    private static final String STREAM = "stream-";

    static Checkpoint of(EtlPlan etl, StateFolder state, SparkSession session, Set<Allowance> allowances) {
        Path folder = state.path("checkpoints", etl.name());
        Path file = new Path(folder, "_millrace.json");
        var known = state.read(file).map(content -> content.path("request").asText());
        if (known.isPresent()) {
            return new Checkpoint(state, folder, known.get());
        }
        if (!allowances.contains(Allowance.NEW_CHECKPOINT)) {
            refuseEarlierStreams(etl, session, folder);
        }
        String request = STREAM + UUID.randomUUID();
        state.write(file, JsonNodeFactory.instance.objectNode().put("request", request));
        return new Checkpoint(state, folder, request);
    }

    /** Returns the batch that an earlier run began and Spark has not noted as finished: the next run begins with it again. */
    OptionalLong unfinished() {
        long begun = latest("offsets");
        return begun > latest("commits") ? OptionalLong.of(begun) : OptionalLong.empty();
    }

    /** Spark names a file after each batch. */
    private long latest(String log) {
        return state.names(new Path(folder, log)).stream()
                .filter(name -> name.matches("\\d+"))
                .mapToLong(Long::parseLong)
                .max()
                .orElse(-1);
    }

    private static void refuseEarlierStreams(EtlPlan etl, SparkSession session, Path folder) {
        for (PlannedOutput output : etl.outputs()) {
            if (output.sink() instanceof SupportsCommitHistory history) {
                Set<String> earlier = new TreeSet<>(history.committedRequests(session, output.id()));
                earlier.removeIf(request -> !request.startsWith(STREAM));
                if (!earlier.isEmpty()) {
                    throw MillraceException.user(
                            "ETL " + etl.name() + ": the checkpoint " + folder
                                    + " is new, but " + output.output().model() + " ("
                                    + output.sink().description()
                                    + ") holds commits of an earlier stream of this ETL (" + String.join(", ", earlier)
                                    + "): everything would be read and written again. Restore the checkpoint, or empty the target, or accept it with --accept-new-checkpoint");
                }
            }
        }
    }
}
