package io.millrace.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.MillraceException;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.testkit.NoDeadLetters;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Batches as an ETL hands them to its sink. */
public final class Writes {

    public static final OutputId OUTPUT = new OutputId("shop", "orders", "target");

    private Writes() {}

    /** Writes the batch of a run, which is named by its request. */
    public static CommitOutcome run(Sink sink, String request, Dataset<Row> rows) {
        return write(sink, new BatchId(OUTPUT, request, 0), RunMode.BATCH, rows);
    }

    /** Writes a batch of a stream. */
    public static CommitOutcome stream(Sink sink, long number, Dataset<Row> rows) {
        return write(sink, new BatchId(OUTPUT, "stream", number), RunMode.STREAM, rows);
    }

    /** Returns why a batch was rejected. */
    public static MillraceException reason(CommitOutcome outcome) {
        assertThat(outcome).isInstanceOf(CommitOutcome.Rejected.class);
        return ((CommitOutcome.Rejected) outcome).reason();
    }

    private static CommitOutcome write(Sink sink, BatchId batch, RunMode mode, Dataset<Row> rows) {
        return sink.write(new Batch(batch, rows, mode, new NoDeadLetters()));
    }
}
