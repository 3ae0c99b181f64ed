package io.millrace.iceberg.internal.entity;

import static io.millrace.iceberg.internal.entity.IcebergUpserts.SCHEMA;
import static io.millrace.iceberg.internal.entity.IcebergUpserts.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.iceberg.Writes;
import io.millrace.iceberg.WrittenBatches;
import io.millrace.internal.spark.Sessions;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.OutputId;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCommitHistory;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.ConcurrentWork;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Upserts into entities that are Iceberg tables: batches that come again, writers that meet, processes that die. */
@Tag("thorough")
@ExtendWith(MillraceSession.class)
class EntityUpsertDeliveryIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int WRITERS = 4;
    private static final int BATCHES = 2;
    private static final int KEYS = 20;

    private final SparkSession spark;
    private final Path folder;
    private final IcebergUpserts upserts;
    private final Sink sink;

    EntityUpsertDeliveryIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
        this.upserts = new IcebergUpserts(spark, folder);
        this.sink = upserts.sink("");
    }

    private static BatchId batch(String request, long number) {
        return new BatchId(Writes.OUTPUT, request, number);
    }

    @Test
    void aBatchThatIsInTheTableIsNotWrittenAgain() throws Exception {
        Committed first = (Committed) upserts.write(sink, batch("stream", 4), upserts.rows(SCHEMA, row(1L, "a", 1)));
        upserts.write(sink, batch("stream", 5), upserts.rows(SCHEMA, row(1L, "b", 2)));

        CommitOutcome again = upserts.write(sink, batch("stream", 4), upserts.rows(SCHEMA, row(1L, "a", 3)));

        assertThat(again).isEqualTo(new AlreadyCommitted(first.commit()));
        assertThat(upserts.content()).containsExactly("[1,b,2]");
        assertThat(table().snapshots()).hasSize(2);
        assertThat(((SupportsCommitHistory) sink).lastBatches(spark, Writes.OUTPUT))
                .containsOnlyKeys("stream");
        assertThat(((SupportsCommitHistory) sink).lastBatches(spark, new OutputId("shop", "orders", "other")))
                .isEmpty();
    }

    @Test
    void aStreamsLastBatchIsKnownAfterItsSnapshotHasExpiredAndWhereItChangedNothing() throws Exception {
        upserts.write(sink, batch("stream", 4), upserts.rows(SCHEMA, row(1L, "a", 7)));
        upserts.write(sink, batch("stream", 5), upserts.rows(SCHEMA, row(1L, "late", 6)));
        upserts.write(sink, batch("other", 0), upserts.rows(SCHEMA, row(2L, "b", 1)));
        table().expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();

        CommitOutcome again = upserts.write(sink, batch("stream", 5), upserts.rows(SCHEMA, row(1L, "z", 9)));

        assertThat(again).isEqualTo(new AlreadyCommitted("a snapshot that has expired"));
        assertThat(upserts.content()).containsExactly("[1,a,7]", "[2,b,1]");
    }

    @Test
    void allWritersCommitAndTheNewestRowStays() throws Exception {
        upserts.write(sink, batch("first", 0), upserts.rows(SCHEMA, row(0L, "first", -1)));
        List<Callable<List<CommitOutcome>>> writers = IntStream.range(0, WRITERS)
                .<Callable<List<CommitOutcome>>>mapToObj(writer -> () -> write(writer))
                .toList();

        List<CommitOutcome> outcomes =
                ConcurrentWork.all(writers).stream().flatMap(List::stream).toList();

        assertThat(outcomes).hasSize(WRITERS * BATCHES).allMatch(Committed.class::isInstance);
        int newest = number(WRITERS - 1, BATCHES - 1);
        assertThat(upserts.content())
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, KEYS)
                        .mapToObj(key -> "[" + key + ",w" + (WRITERS - 1) + "," + newest + "]")
                        .toList());
    }

    private List<CommitOutcome> write(int writer) {
        SparkSession own = Sessions.beside(spark);
        List<CommitOutcome> outcomes = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            int ordering = number(writer, batch);
            List<Row> rows = LongStream.range(0, KEYS)
                    .mapToObj(key -> row(key, "w" + writer, ordering))
                    .toList();
            outcomes.add(upserts.write(
                    upserts.sink(""),
                    new BatchId(new OutputId("shop", "current", "writer-" + writer), "r", batch),
                    own.createDataFrame(rows, StructType.fromDDL(SCHEMA))));
        }
        return outcomes;
    }

    private static int number(int writer, int batch) {
        return batch * WRITERS + writer;
    }

    @Tag("processes")
    @Test
    void aProcessThatIsKilledLeavesWholeBatchesAndGoesOnWhereItStopped() throws InterruptedException {
        Path warehouse = folder.resolve("lake");
        EntityLake lake = UpsertingProcess.lake(spark, warehouse);
        int next = 0;
        for (int kill = 0; kill < Math.max(1, Integer.getInteger("millrace.kills", 3) / 3); kill++) {
            try (ChildJvm child =
                    ChildJvm.start(UpsertingProcess.class, warehouse.toString(), Integer.toString(next))) {
                child.awaitLine(WrittenBatches.line(next + 1), LIMIT);
                child.kill();
                child.awaitExit(LIMIT);
                next = WrittenBatches.last(child); // as after a crash: it comes again, and what was under way
            }
        }
        for (int batch = next; batch < next + 3; batch++) {
            assertThat(UpsertingProcess.upsert(lake, batch)).isInstanceOfAny(Committed.class, AlreadyCommitted.class);
        }

        int batches = next + 3;
        assertThat(lake.written())
                .extracting(Row::toString)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, batches * 10 + 10)
                        .filter(id -> id % 10 != 9 || id / 10 == batches)
                        .mapToObj(id -> "[" + id + "," + Math.min(id / 10, batches - 1) + "]")
                        .toList());
    }

    private Table table() throws Exception {
        return Spark3Util.loadIcebergTable(spark, upserts.lake.table());
    }
}
