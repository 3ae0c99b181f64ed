package io.millrace.testkit;

import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.Delivery;
import io.millrace.spi.OutputId;
import io.millrace.spi.Preparation;
import io.millrace.spi.SchemaEnforcement;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCommitHistory;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

record MemorySink(String name, MemoryTable table) implements Sink, SupportsCommitHistory {

    @Override
    public String description() {
        return "memory " + name;
    }

    @Override
    public Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    public CommitOutcome write(Batch batch) {
        String commit = batch.id().toString();
        if (table.holds(batch.id())) {
            return new CommitOutcome.AlreadyCommitted(commit);
        }
        return Preparation.of("cannot write " + description(), () -> {
            List<Row> rows = SchemaEnforcement.of(description(), table.columns())
                    .apply(batch.data())
                    .collectAsList();
            return () -> table.commit(batch.id(), rows)
                    ? new CommitOutcome.Committed(commit, Counts.committed(rows.size()))
                    : new CommitOutcome.AlreadyCommitted(commit);
        });
    }

    @Override
    public Map<String, Long> lastBatches(SparkSession session, OutputId output) {
        return table.lastBatches(output);
    }
}
