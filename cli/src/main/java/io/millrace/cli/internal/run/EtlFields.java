package io.millrace.cli.internal.run;

import io.millrace.run.DeadLetterSample;
import io.millrace.run.EtlResult;
import io.millrace.run.InputNumbers;
import io.millrace.run.OutputNumbers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What an ETL did, for programs. */
public final class EtlFields {

    private EtlFields() {}

    /** Adds the fields of a result. */
    public static void put(EtlResult result, Map<String, Object> fields) {
        fields.put("etl", result.etl());
        fields.put("batches", result.batches());
        fields.put("inputs", result.inputs().stream().map(EtlFields::of).toList());
        fields.put("outputs", result.outputs().stream().map(EtlFields::of).toList());
        fields.put("dead_letters", result.deadLetters());
        fields.put(
                "dead_letter_samples",
                result.samples().stream().map(EtlFields::of).toList());
        fields.put("duration_ms", result.duration().toMillis());
    }

    private static Map<String, Object> of(InputNumbers input) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("view", input.view());
        fields.put("read", input.read());
        fields.put("decoded", input.decoded());
        fields.put("undecodable", input.undecodable());
        return fields;
    }

    private static Map<String, Object> of(OutputNumbers output) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("model", output.model());
        fields.put("rows_in", output.rowsIn());
        fields.put("committed", output.counts().committed());
        fields.put("dropped", output.counts().dropped());
        fields.put("dead_lettered", output.counts().deadLettered());
        fields.put("stale", output.counts().stale());
        fields.put("collapsed", output.counts().collapsed());
        fields.put("replayed_batches", output.replayed());
        fields.put("commits", output.commits());
        fields.put("expectations", output.expectations());
        fields.put("details", output.details());
        fields.put("warnings", output.warnings());
        return fields;
    }

    private static Map<String, Object> of(DeadLetterSample sample) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("stage", sample.stage());
        fields.put("reason_code", sample.reasonCode());
        fields.put("reason", sample.reason());
        fields.put("from", sample.from());
        fields.put("value", sample.value());
        fields.values().removeIf(Objects::isNull);
        return fields;
    }
}
