package io.millrace.plan;

import io.millrace.model.Input;
import io.millrace.spi.Source;

/**
 * An input with its source.
 *
 * @param input as written
 * @param source decoded and ready to read
 * @param streamed whether it is the input that the ETL streams
 */
public record PlannedInput(Input input, Source source, boolean streamed) {}
