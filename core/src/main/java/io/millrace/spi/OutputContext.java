package io.millrace.spi;

import io.millrace.model.SchemaContract;

/** What a plugin sees when it decodes a model that is written. */
public interface OutputContext extends PlanContext {

    /** Returns which output it is. */
    OutputId output();

    /** Returns how the ETL runs. */
    RunMode mode();

    /** Returns what is to become of columns that the rows have and the target has not; only {@code EVOLVE} is for the sink to do. */
    SchemaContract.Policy newColumns();

    /** Returns whether the ETL has a place for dead letters. */
    boolean deadLettersAvailable();
}
