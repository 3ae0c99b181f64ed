package io.millrace.internal.spark.delta;

import java.util.Map;

/**
 * A commit of a Delta table.
 *
 * @param version the version it made
 * @param operation Delta's word for it: {@code WRITE}, {@code MERGE}, …
 * @param metrics Delta's figures, such as {@code numOutputRows}; empty where the table does not keep them
 */
public record DeltaCommit(long version, String operation, Map<String, String> metrics) {

    /** Copies the map. */
    public DeltaCommit {
        metrics = Map.copyOf(metrics);
    }

    /** Returns one of Delta's figures; 0 where it is absent. */
    public long metric(String name) {
        return Long.parseLong(metrics.getOrDefault(name, "0"));
    }
}
