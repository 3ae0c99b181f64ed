package io.millrace.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an ETL did, in one batch or in all batches of a run.
 *
 * @param etl its name
 * @param batches how many batches
 * @param inputs per input that can be counted
 * @param outputs per output
 * @param deadLetters rows in the dead letters because of it, those of sinks included
 * @param samples the first of those that were written, a few for each reason code and not many in all; none of those that an earlier attempt had written
 * @param duration wall time
 */
public record EtlResult(
        String etl,
        long batches,
        List<InputNumbers> inputs,
        List<OutputNumbers> outputs,
        long deadLetters,
        List<DeadLetterSample> samples,
        Duration duration) {

    /** Copies the lists. */
    public EtlResult {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        samples = List.copyOf(samples);
    }

    static EtlResult nothing(String etl) {
        return new EtlResult(etl, 0, List.of(), List.of(), 0, List.of(), Duration.ZERO);
    }

    /** Returns what became of the rows that reached an output, by the name of its model. */
    public OutputNumbers output(String model) {
        return outputs.stream()
                .filter(output -> output.model().equals(model))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("ETL " + etl + " wrote no model named " + model));
    }

    /** Adds what the same ETL did elsewhere, or in another attempt. */
    public EtlResult plus(EtlResult other) {
        if (batches == 0) {
            return other;
        }
        Map<String, InputNumbers> summedInputs = new LinkedHashMap<>();
        // A batch that was replayed has no numbers of inputs.
        Stream.of(inputs, other.inputs)
                .flatMap(List::stream)
                .forEach(each -> summedInputs.merge(each.view(), each, InputNumbers::plus));
        List<OutputNumbers> summedOutputs = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            summedOutputs.add(outputs.get(i).plus(other.outputs.get(i)));
        }
        return new EtlResult(
                etl,
                batches + other.batches,
                List.copyOf(summedInputs.values()),
                summedOutputs,
                deadLetters + other.deadLetters,
                DeadLetterSample.first(samples, other.samples),
                duration.plus(other.duration));
    }

    /** The same in another time: batches of a stream have pauses between them. */
    EtlResult lasting(Duration time) {
        return new EtlResult(etl, batches, inputs, outputs, deadLetters, samples, time);
    }
}
