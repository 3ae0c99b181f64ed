package io.millrace.internal.builtin;

import io.millrace.internal.spark.rows.CountedRows;
import io.millrace.internal.spark.rows.CountedRows.Count;
import io.millrace.internal.spark.rows.ShownRows;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.Delivery;
import io.millrace.spi.Preparation;
import io.millrace.spi.Sink;
import io.millrace.spi.SourceColumn;
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
            CountedRows counted = CountedRows.of(batch.data(), Count.all("rows"));
            counted.rows().write().format("noop").mode("overwrite").save();
            String table = ShownRows.of(batch.uncounted().get().drop(SourceColumn.NAME), rows, truncate);
            return () -> print(batch, counted.count("rows"), table);
        });
    }

    private CommitOutcome print(Batch batch, long all, String table) {
        out.print(batch.id() + ", " + all + (all == 1 ? " row" : " rows") + "\n" + table.strip() + "\n");
        out.flush();
        return new CommitOutcome.Committed("", Counts.committed(all));
    }
}
