package io.millrace.testkit;

import io.millrace.spi.BatchId;
import io.millrace.spi.OutputId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Rows in this process, in batches: what a test hands over to be read, or what a pipegraph wrote. Thread-safe. */
public final class MemoryTable {

    private final StructType columns;
    private final List<List<Row>> batches = new ArrayList<>();
    private final Map<BatchId, Integer> committed = new LinkedHashMap<>();

    MemoryTable(StructType columns) {
        this.columns = columns;
    }

    /** Returns the columns. */
    public StructType columns() {
        return columns;
    }

    /** Adds rows as a batch of their own: one micro-batch of a stream that takes what is available takes all that are new. */
    public synchronized void add(Row... rows) {
        batches.add(List.of(rows));
    }

    /** Returns all rows, those of earlier batches first. */
    public synchronized List<Row> rows() {
        return batches.stream().flatMap(List::stream).toList();
    }

    /** Returns the batches. */
    public synchronized List<List<Row>> batches() {
        return List.copyOf(batches);
    }

    /** Adds the rows of a batch that a sink writes; returns false where the batch is there. */
    synchronized boolean commit(BatchId batch, List<Row> rows) {
        if (committed.containsKey(batch)) {
            return false;
        }
        committed.put(batch, batches.size());
        batches.add(List.copyOf(rows));
        return true;
    }

    synchronized boolean holds(BatchId batch) {
        return committed.containsKey(batch);
    }

    synchronized Map<String, Long> lastBatches(OutputId output) {
        Map<String, Long> last = new TreeMap<>();
        for (BatchId batch : committed.keySet()) {
            if (batch.output().equals(output)) {
                last.merge(batch.request(), batch.number(), Math::max);
            }
        }
        return last;
    }
}
