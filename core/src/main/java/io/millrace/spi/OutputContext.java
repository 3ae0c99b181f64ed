package io.millrace.spi;

/** What a plugin sees when it decodes a model that is written. */
public interface OutputContext extends PlanContext {

    /** Returns which output it is. */
    OutputId output();

    /** Returns how the ETL runs. */
    RunMode mode();

    /** Returns whether the ETL has a place for dead letters. */
    boolean deadLettersAvailable();
}
