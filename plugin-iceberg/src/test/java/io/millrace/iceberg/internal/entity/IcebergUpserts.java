package io.millrace.iceberg.internal.entity;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.iceberg.Writes;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.DeadLetters;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** An entity that is an Iceberg table, the next batch of a stream that upserts into it, and a look at what it holds. */
final class IcebergUpserts implements DeadLetters {

    static final String SCHEMA = "id BIGINT, name STRING, number INT";

    final EntityLake lake;
    final List<String> letters = new ArrayList<>();
    private long next;

    IcebergUpserts(SparkSession session, Path folder) {
        this(session, folder, SCHEMA);
    }

    IcebergUpserts(SparkSession session, Path folder, String schema) {
        this.lake = new EntityLake(session, folder, schema, "");
    }

    /** Returns an upsert by id and number, with further settings. */
    Sink sink(String more) {
        return sinkBy("number", more);
    }

    Sink sinkBy(String ordering, String more) {
        return lake.sink(
                "writerType = continuousUpdate, keys = [id], orderingExpression = \"" + ordering + "\"" + more,
                "dead-letters = letters");
    }

    Dataset<Row> rows(String ddl, Row... rows) {
        return lake.session().createDataFrame(List.of(rows), StructType.fromDDL(ddl));
    }

    static Row row(@Nullable Object... values) {
        return RowFactory.create(values);
    }

    CommitOutcome write(Sink sink, BatchId batch, Dataset<Row> rows) {
        return sink.write(new Batch(batch, rows, RunMode.STREAM, this));
    }

    Committed commit(Sink sink, Dataset<Row> rows) {
        CommitOutcome outcome = write(sink, new BatchId(Writes.OUTPUT, "stream", next++), rows);
        assertThat(outcome).isInstanceOf(Committed.class);
        return (Committed) outcome;
    }

    String refusal(Sink sink, Dataset<Row> rows) {
        CommitOutcome outcome = write(sink, new BatchId(Writes.OUTPUT, "stream", next++), rows);
        assertThat(outcome).isInstanceOf(Rejected.class);
        return ((Rejected) outcome).reason().getMessage();
    }

    /** Returns the rows as they stand, as text and in order. */
    List<String> content() {
        return lake.written().stream().map(Row::toString).sorted().toList();
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public long write(Dataset<Row> rows) {
        List<String> written = new ArrayList<>(rows.toJSON().collectAsList());
        written.sort(Comparator.naturalOrder());
        letters.addAll(written);
        return written.size();
    }
}
