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
public record PlannedOutput(OutputId id, Output output, Sink sink) {}
