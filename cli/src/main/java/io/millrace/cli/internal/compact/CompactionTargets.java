package io.millrace.cli.internal.compact;

import io.millrace.config.MillraceException;
import io.millrace.config.Suggestion;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.PlannedOutput;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCompaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The outputs of a plan whose files can be compacted; places for dead letters are outputs too. */
record CompactionTargets(PipegraphPlan plan) {

    /**
     * Returns what is to be compacted, by the names of the models.
     *
     * @param model the only one; null for all
     * @throws MillraceException of kind USER where there is nothing of the kind, or a stream would be disturbed
     */
    Map<String, SupportsCompaction> chosen(@Nullable String model) {
        Map<String, Sink> written = written();
        Map<String, SupportsCompaction> able = new LinkedHashMap<>();
        written.forEach((name, sink) -> {
            if (sink instanceof SupportsCompaction compactable) {
                able.put(name, compactable);
            }
        });
        if (able.isEmpty()) {
            throw MillraceException.user("pipegraph " + plan.pipegraph().name()
                    + " writes nothing that can be compacted: Delta tables, Parquet files and entities can");
        }
        if (model != null && !able.containsKey(model)) {
            String why = written.containsKey(model)
                    ? "model " + model + " (" + written.get(model).description() + ") cannot be compacted; "
                    : "no ETL writes a model \"" + model + "\" that can be compacted; ";
            throw MillraceException.user(why + Suggestion.among(model, able.keySet()));
        }
        if (model != null) {
            able.keySet().retainAll(Set.of(model));
        }
        able.forEach(this::refuseStreams);
        return able;
    }

    private Map<String, Sink> written() {
        Map<String, Sink> written = new LinkedHashMap<>();
        for (EtlPlan etl : plan.etls()) {
            etl.outputs().forEach(output -> written.putIfAbsent(output.output().model(), output.sink()));
            etl.deadLetters().ifPresent(letters -> written.putIfAbsent(model(letters), letters.sink()));
        }
        return written;
    }

    private void refuseStreams(String model, SupportsCompaction sink) {
        sink.streamProblem().ifPresent(problem -> plan.etls().stream()
                .filter(etl -> etl.streamed()
                        .filter(input -> input.input().model().equals(model))
                        .isPresent())
                .findFirst()
                .ifPresent(etl -> {
                    throw MillraceException.user("model " + model + " cannot be compacted: ETL " + etl.name()
                            + " reads it as a stream, and " + problem);
                }));
    }

    private static String model(PlannedOutput output) {
        return output.output().model();
    }
}
