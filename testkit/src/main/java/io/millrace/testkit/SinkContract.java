package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.spark.Measured;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.Counts;
import io.millrace.spi.Delivery;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCommitHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every sink that appends must do. A test of a sink extends this class and says where the sink writes and what it promises; the rest is
 * inherited. Where a sink cannot do something, its test overrides the case and asserts how it refuses.
 */
@ExtendWith(MillraceSession.class)
public abstract class SinkContract {

    /** The columns of the target of most cases. */
    protected static final StructType COLUMNS =
            StructType.fromDDL("id BIGINT NOT NULL, Name STRING, price DECIMAL(10,2), day DATE, at TIMESTAMP");

    /** The columns of the target of the case with nested values. */
    protected static final StructType NESTED =
            StructType.fromDDL("id BIGINT, s STRUCT<a: INT, b: STRING>, l ARRAY<STRUCT<x: INT>>, m MAP<STRING, INT>");

    private static final OutputId OUTPUT = new OutputId("shop", "orders", "target");

    private SparkSession session;

    /** Called by subclasses. */
    @SuppressWarnings("NullAway.Init")
    protected SinkContract() {}

    /** Makes a new, empty target that takes rows with these columns, and appends them. */
    protected abstract SinkTarget target(StructType columns);

    /** Returns what the sink promises. */
    protected abstract Delivery delivery();

    /** Returns what the sink's errors call a target's rows and columns, such as {@code table orders}; empty where it takes rows of any columns. */
    protected abstract String nameOf(SinkTarget target);

    /**
     * Returns sinks for a target that die in the middle of writing, by what they throw an {@link Error}; by the point where they do. For sinks whose
     * commit takes several steps.
     */
    protected Map<String, Sink> dying(SinkTarget target) {
        return Map.of();
    }

    @BeforeEach
    final void useSession(SparkSession given) {
        session = given;
    }

    /** Returns the session. */
    protected final SparkSession session() {
        return session;
    }

    @Test
    protected void itPromisesWhatIsDeclared() {
        Sink sink = target(COLUMNS).sink();

        assertThat(sink.delivery()).isEqualTo(delivery());
        assertThat(sink.description()).isNotBlank().doesNotContain("\n");
    }

    @Test
    protected void rowsOfABatchAreThereAndCounted() {
        SinkTarget target = target(COLUMNS);

        CommitOutcome outcome = write(target.sink(), batch(0), rows(0, 10));

        assertThat(outcome).isInstanceOfSatisfying(Committed.class, committed -> {
            assertThat(committed.counts()).isEqualTo(Counts.committed(10));
            assertThat(committed.warnings()).isEmpty();
        });
        assertThat(texts(target.rows()))
                .containsExactlyInAnyOrderElementsOf(texts(rows(0, 10).collectAsList()));
    }

    @Test
    protected void theFirstActionRunsThroughAllRows() {
        Measured counted = Measured.of(rows(0, 10), Measured.Count.all("rows"));

        write(target(COLUMNS).sink(), batch(0), counted.rows());

        assertThat(counted.count("rows")).isEqualTo(10);
    }

    @Test
    protected void anEmptyBatchIsCommitted() {
        SinkTarget target = target(COLUMNS);

        CommitOutcome outcome = write(target.sink(), batch(0), rows(0, 0));
        write(target.sink(), batch(0), rows(0, 0));
        write(target.sink(), batch(1), rows(0, 2));

        assertThat(outcome).isInstanceOfSatisfying(Committed.class, committed -> assertThat(committed.counts())
                .isEqualTo(Counts.NONE));
        assertThat(ids(target)).containsExactly(0L, 1L);
    }

    @Test
    protected void aReplayedBatchIsThereAsOftenAsPromised() {
        SinkTarget target = target(COLUMNS);
        CommitOutcome first = write(target.sink(), batch(3), rows(0, 4));

        CommitOutcome second = write(target.sink(), batch(3), rows(0, 4));

        assertThat(first).isInstanceOf(Committed.class);
        if (delivery() == Delivery.EXACTLY_ONCE) {
            assertThat(second).isEqualTo(new AlreadyCommitted(((Committed) first).commit()));
            assertThat(ids(target)).containsExactlyElementsOf(range(0, 4));
        } else {
            assertThat(second).isInstanceOf(Committed.class);
            assertThat(ids(target)).containsAll(range(0, 4));
        }
    }

    @Test
    protected void batchesOfOneStreamAndOfOthersAppend() {
        SinkTarget target = target(COLUMNS);

        write(target.sink(), batch(0), rows(0, 2));
        write(target.sink(), batch(1), rows(2, 4));
        write(target.sink(), batch(7), rows(4, 6));
        write(target.sink(), new BatchId(OUTPUT, "run-2", 0), rows(6, 8));
        write(target.sink(), new BatchId(new OutputId("shop", "other", "target"), "run-1", 0), rows(8, 10));

        assertThat(ids(target)).containsExactlyElementsOf(range(0, 10));
    }

    @Test
    protected void equalRowsOfABatchAreAllKept() {
        SinkTarget target = target(COLUMNS);

        write(target.sink(), batch(0), rows(0, 3).union(rows(0, 3)));

        assertThat(ids(target)).containsExactly(0L, 0L, 1L, 1L, 2L, 2L);
    }

    @Test
    protected void aBatchThatFailsInTheMiddleLeavesNothingAndCanBeWrittenAgain() {
        SinkTarget target = target(COLUMNS);
        write(target.sink(), batch(0), rows(0, 3));
        Dataset<Row> failing = rows(3, 103)
                .withColumn("id", org.apache.spark.sql.functions.expr("IF(id = 102, raise_error('bad row'), id)"));

        MillraceException reason = refused(target.sink(), batch(1), failing);
        List<Long> between = ids(target);
        CommitOutcome again = write(target.sink(), batch(1), rows(session.newSession(), 3, 103));

        assertThat(reason).hasMessageContaining("bad row");
        assertThat(again).isInstanceOf(Committed.class);
        if (delivery() == Delivery.EXACTLY_ONCE) {
            assertThat(between).containsExactlyElementsOf(range(0, 3));
            assertThat(ids(target)).containsExactlyElementsOf(range(0, 103));
        } else {
            assertThat(between).containsAll(range(0, 3)).isSubsetOf(range(0, 103));
            assertThat(ids(target)).containsAll(range(0, 103));
        }
    }

    @Test
    protected void aWriterThatDiesInTheMiddleLeavesNoTraceOnceTheBatchIsWrittenAgain() {
        for (String point : dying(target(COLUMNS)).keySet()) {
            SinkTarget target = target(COLUMNS);
            write(target.sink(), batch(0), rows(0, 3));
            Sink sink = Objects.requireNonNull(dying(target).get(point));

            assertThatThrownBy(() -> write(sink, batch(1), rows(3, 6)))
                    .as(point)
                    .isInstanceOf(Error.class);
            write(target.sink(), batch(1), rows(3, 6));

            assertThat(ids(target)).as(point).containsExactlyElementsOf(range(0, 6));
        }
    }

    @Test
    protected void surplusColumnsAreLeftOutAndCaseDoesNotMatter() {
        SinkTarget target = target(COLUMNS);
        Dataset<Row> rows =
                rows(0, 2).selectExpr("at", "DAY", "price AS Price", "name AS NAME", "id AS Id", "1 AS surplus");

        CommitOutcome outcome = write(target.sink(), batch(0), rows);

        assertThat(outcome).isInstanceOf(Committed.class);
        assertThat(texts(target.rows()))
                .containsExactlyInAnyOrderElementsOf(texts(rows(0, 2).collectAsList()));
    }

    @Test
    protected void rowsThatDoNotFitAreRefusedWithEveryDifference() {
        SinkTarget target = target(COLUMNS);
        Dataset<Row> rows =
                rows(0, 2).selectExpr("CAST(id AS INT) AS id", "name", "CAST(price AS STRING) AS price", "day");

        MillraceException reason = refused(target.sink(), batch(0), rows);

        assertThat(reason.kind()).isEqualTo(MillraceException.Kind.USER);
        assertThat(reason)
                .hasMessage("the rows do not fit " + nameOf(target) + ":\n"
                        + "  column  wanted         given\n"
                        + "  id      BIGINT         INT        write CAST(id AS BIGINT)\n"
                        + "  price   DECIMAL(10,2)  STRING     write CAST(price AS DECIMAL(10,2))\n"
                        + "  at      TIMESTAMP      (missing)");
        assertThat(target.rows()).isEmpty();
    }

    @Test
    protected void aNullWhereNoneMayBeIsRefused() {
        SinkTarget target = target(COLUMNS);
        Dataset<Row> rows = rows(0, 3).selectExpr("IF(id = 2, NULL, id) AS id", "name", "price", "day", "at");

        MillraceException reason = refused(target.sink(), batch(0), rows);

        assertThat(reason.kind()).isEqualTo(MillraceException.Kind.USER);
        assertThat(reason)
                .hasMessage("NULL in a NOT NULL column: id of " + nameOf(target)
                        + "; leave such rows out, or send them to the dead letters by an expectation");
        assertThat(target.rows()).isEmpty();
    }

    @Test
    protected void nestedValuesAndNullsComeBackAsTheyWere() {
        SinkTarget target = target(NESTED);

        write(target.sink(), batch(0), nested());

        assertThat(texts(target.rows())).containsExactlyInAnyOrderElementsOf(texts(nested().collectAsList()));
    }

    @Test
    protected void requestsAndOutputsWriteAtTheSameTime() throws InterruptedException, ExecutionException {
        SinkTarget target = target(COLUMNS);
        write(target.sink(), new BatchId(OUTPUT, "run-0", 0), rows(0, 1));
        int writers = 4;
        List<Callable<CommitOutcome>> work = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            OutputId output = writer == 0 ? OUTPUT : new OutputId("shop", "orders", "target-" + writer % 2);
            BatchId batch = new BatchId(output, "run-" + (writer + 1), 0);
            Dataset<Row> rows = rows(1 + writer * 5L, 6 + writer * 5L);
            work.add(() -> write(target.sink(), batch, rows));
        }

        assertThat(AtOnce.all(work)).allMatch(Committed.class::isInstance);
        assertThat(ids(target)).containsExactlyElementsOf(range(0, 21));
    }

    @Test
    protected void aSinkThatRemembersItsWritersKnowsTheRequests() {
        SinkTarget target = target(COLUMNS);
        if (target.sink() instanceof SupportsCommitHistory history) {
            assertThat(history.lastBatches(session, OUTPUT)).isEmpty();

            write(target.sink(), batch(0), rows(0, 1));
            write(target.sink(), batch(1), rows(1, 2));
            write(target.sink(), new BatchId(OUTPUT, "run-2", 0), rows(2, 3));
            write(target.sink(), new BatchId(new OutputId("shop", "orders", "targe"), "run-3", 0), rows(3, 4));

            assertThat(history.lastBatches(session, OUTPUT))
                    .containsOnly(Map.entry("run-1", 1L), Map.entry("run-2", 0L));
        } else {
            assertThat(delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
        }
    }

    /** Returns the batch of that number of one stream. */
    protected static BatchId batch(long number) {
        return new BatchId(OUTPUT, "run-1", number);
    }

    /** Returns rows of {@link #COLUMNS} whose ids are these; the column Name is NULL in some. */
    protected final Dataset<Row> rows(long from, long to) {
        return rows(session, from, to);
    }

    private static Dataset<Row> rows(SparkSession session, long from, long to) {
        return session.range(from, to, 1, 2)
                .selectExpr(
                        "id",
                        "IF(id % 3 = 2, NULL, concat('zażółć ', id)) AS Name",
                        "CAST(id / 4 AS DECIMAL(10,2)) AS price",
                        "date_add(DATE'2024-01-01', CAST(id AS INT)) AS day",
                        "timestamp_seconds(1700000000 + id) AS at");
    }

    /** Writes a batch of a stream. */
    protected static CommitOutcome write(Sink sink, BatchId id, Dataset<Row> rows) {
        return sink.write(new Batch(id, rows, RunMode.STREAM, new NoDeadLetters()));
    }

    /** Writes a batch that must not be committed, and returns why it is not. Only a sink that promises less may leave open what is there of it. */
    protected final MillraceException refused(Sink sink, BatchId id, Dataset<Row> rows) {
        try {
            CommitOutcome outcome = write(sink, id, rows);
            if (outcome instanceof CommitOutcome.Unknown unknown && delivery() == Delivery.AT_LEAST_ONCE) {
                return unknown.reason();
            }
            assertThat(outcome).isInstanceOf(Rejected.class);
            return ((Rejected) outcome).reason();
        } catch (MillraceException thrown) {
            return thrown;
        }
    }

    /** Returns the ids of a target's rows, sorted. */
    protected static List<Long> ids(SinkTarget target) {
        return target.rows().stream().map(row -> row.getLong(0)).sorted().toList();
    }

    private Dataset<Row> nested() {
        return session.sql("SELECT * FROM VALUES"
                        + " (1L, named_struct('a', 1, 'b', 'x'), array(named_struct('x', 1), named_struct('x', NULL)), map('k', 1)),"
                        + " (2L, named_struct('a', NULL, 'b', NULL), array(), map('k', NULL)),"
                        + " (NULL, NULL, NULL, NULL) AS t(id, s, l, m)")
                .to(NESTED);
    }

    private static List<String> texts(List<Row> rows) {
        return rows.stream().map(Row::toString).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
