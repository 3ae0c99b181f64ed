package io.millrace.plan;

import io.millrace.model.Etl;
import io.millrace.spi.RunMode;
import io.millrace.spi.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An ETL, ready to run.
 *
 * @param etl as written
 * @param inputs in the order in which they are written
 * @param steps in the order in which they run
 * @param outputs in the order in which they are written
 * @param deadLetterOutput takes rows that cannot be processed, or null
 * @param deadLetterInput reads them, to show or to replay them; null where there is no place for them, or it can be written only
 * @param after names of the ETLs whose outputs it reads
 * @param texts the SQL it is made of
 */
public record EtlPlan(
        Etl etl,
        List<PlannedInput> inputs,
        List<PlannedStep> steps,
        List<PlannedOutput> outputs,
        @Nullable PlannedOutput deadLetterOutput,
        @Nullable Source deadLetterInput,
        Set<String> after,
        List<WrittenSql> texts) {

    /** Copies the collections. */
    public EtlPlan {
        inputs = List.copyOf(inputs);
        steps = List.copyOf(steps);
        outputs = List.copyOf(outputs);
        after = Set.copyOf(after);
        texts = List.copyOf(texts);
    }

    /** Returns its name. */
    public String name() {
        return etl.name();
    }

    /** Returns how it runs. */
    public RunMode mode() {
        return etl.trigger().streaming() ? RunMode.STREAM : RunMode.BATCH;
    }

    /** Returns where rows go that cannot be processed, if there is such a place. */
    public Optional<PlannedOutput> deadLetters() {
        return Optional.ofNullable(deadLetterOutput);
    }

    /** Returns what reads those rows, where they can be read. */
    public Optional<Source> deadLetterSource() {
        return Optional.ofNullable(deadLetterInput);
    }

    /** Returns the same for one run: with sinks that are the run's own. */
    public EtlPlan ofRun() {
        return ofRun(Map.of());
    }

    /**
     * Returns the same for one run: with sinks that are the run's own, and sources that read certain versions.
     *
     * @param versions by the name of the model
     * @throws io.millrace.config.MillraceException of kind USER where an input has no versions
     */
    public EtlPlan ofRun(Map<String, String> versions) {
        return new EtlPlan(
                etl,
                inputs.stream().map(input -> input.asOf(versions)).toList(),
                steps,
                outputs.stream().map(PlannedOutput::ofRun).toList(),
                deadLetters().map(PlannedOutput::ofRun).orElse(null),
                deadLetterInput,
                after,
                texts);
    }

    /** Returns the input that streams, in an ETL that does. */
    public Optional<PlannedInput> streamed() {
        return inputs.stream().filter(PlannedInput::streamed).findFirst();
    }

    /** Returns the step on the stream, which is the first one where there is one. */
    public Optional<PlannedStep.Streaming<?>> streamingStep() {
        return steps.isEmpty() || !(steps.get(0) instanceof PlannedStep.Streaming<?> first)
                ? Optional.empty()
                : Optional.of(first);
    }

    /** Returns whether every row that is read reaches the outputs: then rows can be counted without keeping Spark from skipping files. */
    public boolean keepsEveryRow() {
        return steps.stream().allMatch(step -> step instanceof PlannedStep.Sql sql && sql.keepsEveryRow())
                && outputs.stream().allMatch(output -> output.output().where().isEmpty());
    }
}
