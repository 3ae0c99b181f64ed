package io.millrace.cli.internal.run;

import io.millrace.run.EtlResult;
import io.millrace.run.RunResult;
import io.millrace.spi.Slice;

/** Tells what a run did, as it happens: should it fail, what was committed before is said already. */
public interface RunReport {

    /** A batch of a stream is through. */
    void batch(EtlResult batch);

    /** An ETL is through. */
    void etl(EtlResult result);

    /** The run is through. */
    void finished(RunResult result, Slice slice);
}
