package io.millrace.cli;

import io.millrace.plan.PipegraphPlan;
import io.millrace.run.DeadLetterSample;
import io.millrace.run.EtlResult;
import io.millrace.run.InputNumbers;
import io.millrace.run.OutputNumbers;
import io.millrace.run.RunResult;
import io.millrace.spi.Slice;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Tells a program what a run did: a line for each batch of a stream, for each ETL, and for the run. */
final class RunLines implements RunReport {

    private final PipegraphPlan plan;
    private final JsonLines lines;

    RunLines(PipegraphPlan plan, PrintStream out) {
        this.plan = plan;
        this.lines = new JsonLines(out);
    }

    @Override
    public void batch(EtlResult batch) {
        boolean streams = plan.etls().stream()
                .anyMatch(etl ->
                        etl.name().equals(batch.etl()) && etl.etl().trigger().streaming());
        if (streams) {
            lines.write(fields("batch", batch));
        }
    }

    @Override
    public void etl(EtlResult result) {
        lines.write(fields("etl", result));
    }

    @Override
    public void finished(RunResult result, Slice slice) {
        Map<String, Object> fields = line("run");
        fields.put("run", result.runId());
        fields.put("slice", slice.toString());
        fields.put("stopped", result.stopped());
        fields.put("duration_ms", result.duration().toMillis());
        lines.write(fields);
    }

    private Map<String, Object> fields(String type, EtlResult result) {
        Map<String, Object> fields = line(type);
        fields.put("etl", result.etl());
        fields.put("batches", result.batches());
        fields.put("inputs", result.inputs().stream().map(RunLines::of).toList());
        fields.put("outputs", result.outputs().stream().map(RunLines::of).toList());
        fields.put("dead_letters", result.deadLetters());
        fields.put(
                "dead_letter_samples",
                result.samples().stream().map(RunLines::of).toList());
        fields.put("duration_ms", result.duration().toMillis());
        return fields;
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

    private Map<String, Object> line(String type) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", type);
        fields.put("pipegraph", plan.pipegraph().name());
        return fields;
    }
}
