package io.millrace.cli.internal.run;

import io.millrace.cli.internal.terminal.JsonLines;
import io.millrace.plan.PipegraphPlan;
import io.millrace.run.EtlResult;
import io.millrace.run.RunResult;
import io.millrace.spi.Slice;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells a program what a run did: a line for each batch of a stream, for each ETL, and for the run. */
public final class RunLines implements RunReport {

    private final PipegraphPlan plan;
    private final JsonLines lines;

    public RunLines(PipegraphPlan plan, PrintStream out) {
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
        EtlFields.put(result, fields);
        return fields;
    }

    private Map<String, Object> line(String type) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", type);
        fields.put("pipegraph", plan.pipegraph().name());
        return fields;
    }
}
