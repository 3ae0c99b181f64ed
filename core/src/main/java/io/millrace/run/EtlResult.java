package io.millrace.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
        List<InputNumbers> summedInputs = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            summedInputs.add(inputs.get(i).plus(other.inputs.get(i)));
        }
        List<OutputNumbers> summedOutputs = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            summedOutputs.add(outputs.get(i).plus(other.outputs.get(i)));
        }
        return new EtlResult(
                etl,
                batches + other.batches,
                summedInputs,
                summedOutputs,
                deadLetters + other.deadLetters,
                duration.plus(other.duration));
    }
}
