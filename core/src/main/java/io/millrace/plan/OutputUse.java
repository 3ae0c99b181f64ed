package io.millrace.plan;

import io.millrace.model.SchemaContract;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;

/**
 * How an ETL writes a model.
 *
 * @param id names the output
 * @param mode how the ETL runs
 * @param newColumns what is to become of columns that the target lacks
 * @param deadLetters whether the ETL has a place for them
 */
record OutputUse(OutputId id, RunMode mode, SchemaContract.Policy newColumns, boolean deadLetters) {

    /** For a model that no ETL writes, which is only looked at. */
    static OutputUse none(String pipegraph, String model) {
        return new OutputUse(new OutputId(pipegraph, "", model), RunMode.BATCH, SchemaContract.NONE.table(), true);
    }
}
