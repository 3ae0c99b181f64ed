package io.millrace.plan;

import io.millrace.model.Output;
import io.millrace.spi.OutputId;
import io.millrace.spi.ReplacedRows;
import io.millrace.spi.Sink;
import java.util.Optional;

/**
 * An output with its sink.
 *
 * @param id names it in every run
 * @param output as written
 * @param sink decoded and ready to write
 */
public record PlannedOutput(OutputId id, Output output, Sink sink) {

    /** Returns which rows of the target a batch takes the place of, as {@code in place of all rows}; empty where it adds its rows. */
    public Optional<String> replaced() {
        return output.replaces()
                .map(condition -> "in place of the rows where " + condition)
                .or(() -> sink.replacedRows()
                        .filter(rows -> rows != ReplacedRows.NONE)
                        .map(ReplacedRows::words));
    }

    /** Returns the same with the sink of one run. */
    PlannedOutput ofRun() {
        return new PlannedOutput(id, output, sink.ofRun());
    }
}
