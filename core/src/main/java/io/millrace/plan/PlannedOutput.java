package io.millrace.plan;

import io.millrace.model.Output;
import io.millrace.spi.OutputId;
import io.millrace.spi.Sink;

/**
 * An output with its sink.
 *
 * @param id names it in every run
 * @param output as written
 * @param sink decoded and ready to write
 */
public record PlannedOutput(OutputId id, Output output, Sink sink) {

    /** Returns the same with the sink of one run. */
    PlannedOutput ofRun() {
        return new PlannedOutput(id, output, sink.ofRun());
    }
}
