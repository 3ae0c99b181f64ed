package io.millrace.run;

import java.time.Duration;
import java.util.List;

/**
 * What a run did.
 *
 * @param pipegraph its name
 * @param runId identifies the run in the ledger and in the commits of batch ETLs
 * @param etls in the order in which they ran
 * @param stopped whether it was asked to stop before it was through
 * @param duration wall time
 */
public record RunResult(String pipegraph, String runId, List<EtlResult> etls, boolean stopped, Duration duration) {

    /** Copies the list. */
    public RunResult {
        etls = List.copyOf(etls);
    }

    /** Returns the result of an ETL. */
    public EtlResult etl(String name) {
        return etls.stream()
                .filter(etl -> etl.etl().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no ETL named " + name + " ran"));
    }
}
