package io.millrace.run;

/** Hears what a run does, on the thread that does it (streams have their own): must be quick and thread-safe. An exception fails the run. */
public interface RunListener {

    /** Hears nothing. */
    RunListener NONE = new RunListener() {};

    /** An ETL begins. */
    default void etlStarted(String etl) {}

    /** A batch of an ETL is through: all outputs and dead letters are committed. */
    default void batchFinished(EtlResult batch) {}

    /** An ETL is through; its numbers are those of all its batches. */
    default void etlFinished(EtlResult result) {}
}
