package io.millrace.continuousupdate;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.EntityFormat;
import io.millrace.catalog.Spelling;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.parallelwrite.ColdFormats;
import io.millrace.parallelwrite.ColdTarget;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import io.millrace.spi.upsert.MergeTable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** An entity's Delta table, batches for it, and a look at what it holds. */
final class TestTable {

    static final OutputId OUTPUT = new OutputId("shop", "current", "orders");

    static final UpsertWording WORDING = new UpsertWording("entity sales/orders/v1", Spelling.CAMEL);

    final SparkSession spark;
    final ColdTarget target;
    final Letters letters = new Letters();
    private Clock clock = Clock.systemUTC();
    private CommitRetries retries = new CommitRetries(20, Duration.ofMillis(5), Duration.ofMillis(500));
    private long next;

    TestTable(SparkSession spark, Path folder, String ddl, String... partitionColumns) {
        this.spark = spark;
        this.target = new ColdTarget(
                "sales/orders/v1",
                EntityFormat.DELTA,
                folder.resolve("orders").toString(),
                "orders",
                StructType.fromDDL(ddl),
                List.of(partitionColumns),
                Map.of());
    }

    TestTable at(Clock time) {
        clock = time;
        return this;
    }

    TestTable with(CommitRetries changed) {
        retries = changed;
        return this;
    }

    Dataset<Row> rows(String ddl, Row... rows) {
        return rows(ddl, List.of(rows));
    }

    Dataset<Row> rows(String ddl, List<Row> rows) {
        return spark.createDataFrame(rows, StructType.fromDDL(ddl));
    }

    static Row row(@Nullable Object... values) {
        return RowFactory.create(values);
    }

    /** Writes the next batch of a stream. */
    CommitOutcome write(ContinuousUpdate settings, Dataset<Row> rows) {
        return write(settings, rows, new BatchId(OUTPUT, "stream", next++));
    }

    CommitOutcome write(ContinuousUpdate settings, Dataset<Row> rows, BatchId id) {
        return writer(settings).write(new Batch(id, rows, RunMode.STREAM, letters), target);
    }

    UpsertWriter writer(ContinuousUpdate settings) {
        return new UpsertWriter(settings, retries, ColdFormats.load(TestTable.class.getClassLoader()), clock);
    }

    MergeTable open() {
        return new DeltaMergeTable(spark, DeltaPlace.of(target), target.schema(), target.partitionColumns(), retries);
    }

    Committed commit(ContinuousUpdate settings, Dataset<Row> rows) {
        CommitOutcome outcome = write(settings, rows);
        assertThat(outcome).isInstanceOf(Committed.class);
        return (Committed) outcome;
    }

    String refusal(ContinuousUpdate settings, Dataset<Row> rows) {
        CommitOutcome outcome = write(settings, rows);
        assertThat(outcome).isInstanceOf(Rejected.class);
        return ((Rejected) outcome).reason().getMessage();
    }

    /** Returns the rows as they stand, as text and in order. */
    List<String> content() {
        return delta().toDF().collectAsList().stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }

    DeltaTable delta() {
        return DeltaTable.forPath(spark, target.location());
    }

    long versions() {
        return delta().history().count();
    }
}
