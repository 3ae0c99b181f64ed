package io.millrace.builtin;

import io.millrace.spark.Measured;
import io.millrace.spark.Measured.Count;
import io.millrace.spark.Preparation;
import io.millrace.spark.TextTable;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.Delivery;
import io.millrace.spi.Sink;
import java.io.PrintStream;

/** Prints batches. All rows are computed, so that what would fail fails here too; those that are printed are computed a second time. */
record ConsoleSink(PrintStream out, int rows, int truncate) implements Sink {

    @Override
    public String description() {
        return "console, the first " + rows + " rows of each batch";
    }

    @Override
    public Delivery delivery() {
        return Delivery.AT_LEAST_ONCE;
    }

    @Override
    public CommitOutcome write(Batch batch) {
        return Preparation.of("cannot print " + batch.id().output(), () -> {
            Measured counted = Measured.of(batch.data(), Count.all("rows"));
            counted.rows().write().format("noop").mode("overwrite").save();
            String table = TextTable.of(Measured.unmeasured(batch.data()), rows, truncate);
            return () -> print(batch, counted.count("rows"), table);
        });
    }

    private CommitOutcome print(Batch batch, long all, String table) {
        out.print(batch.id() + ", " + all + (all == 1 ? " row" : " rows") + "\n" + table.strip() + "\n");
        out.flush();
        return new CommitOutcome.Committed("", Counts.committed(all));
    }
}
