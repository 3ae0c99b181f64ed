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
 * @param duration wall time
 */
public record EtlResult(
        String etl,
        long batches,
        List<InputNumbers> inputs,
        List<OutputNumbers> outputs,
        long deadLetters,
        Duration duration) {

    /** Copies the lists. */
    public EtlResult {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    static EtlResult nothing(String etl) {
        return new EtlResult(etl, 0, List.of(), List.of(), 0, Duration.ZERO);
    }

    EtlResult plus(EtlResult other) {
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
                duration.plus(other.duration));
    }
}
