package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.rows.CountedRows;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CommitOutcome.Unknown;
import io.millrace.spi.Counts;
import io.millrace.spi.DeadLetters;
import io.millrace.spi.Delivery;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCommitHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every sink that appends must do. A test of a sink extends this class and declares where the sink writes and what exactly it promises; the rest is
 * inherited. What a sink does otherwise than others, and what it refuses, is declared too, with the exact message: no case is overridden.
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
     * Returns what makes sinks for a target that break in the middle of writing, each at another point, by the point's name. They throw an {@link Error},
     * as where the process dies, or whatever their system throws where it fails, before its commit, at it or after it. Empty where the commit is one step
     * within this process; that a task dies, and the whole process after the commit, is tried with every sink.
     */
    protected abstract Map<String, Function<SinkTarget, Sink>> breaking();

    /** Returns rows of which the sink can write some only, and hands the others over as dead letters; empty where it writes every row that fits. */
    protected abstract Optional<Mismatches> mismatches();

    /** Returns with which message a target refuses rows of {@link #COLUMNS} whose third has a NULL in the column id. */
    protected String nullRefusal(SinkTarget target) {
        return "NULL in a NOT NULL column: id of " + nameOf(target)
                + "; leave such rows out, or send them to the dead letters by an expectation";
    }

    /** Returns with which message a target refuses columns of {@link #NESTED}; empty where it takes them. */
    protected Optional<String> nestedRefusal(SinkTarget target) {
        return Optional.empty();
    }

    /** Returns what {@link SinkTarget#rows} makes of nested rows, where a target shows them in its own way. */
    protected List<String> nestedAsShown(List<Row> written) {
        return texts(written);
    }

    /** Returns whether rows of a batch that are equal stay apart. */
    protected boolean keepsEqualRows() {
        return true;
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
        CountedRows counted = CountedRows.of(rows(0, 10), CountedRows.Count.all("rows"));

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
    protected void equalRowsOfABatchAreKeptAsPromised() {
        SinkTarget target = target(COLUMNS);

        write(target.sink(), batch(0), rows(0, 3).union(rows(0, 3)));

        assertThat(ids(target))
                .containsExactlyElementsOf(keepsEqualRows() ? List.of(0L, 0L, 1L, 1L, 2L, 2L) : List.of(0L, 1L, 2L));
    }

    @Test
    protected void aBatchThatFailsInTheMiddleLeavesNothingAndCanBeWrittenAgain() {
        SinkTarget target = target(COLUMNS);
        write(target.sink(), batch(0), rows(0, 3));
        Dataset<Row> failing = rows(3, 103)
                .withColumn("id", org.apache.spark.sql.functions.expr("IF(id = 102, raise_error('bad row'), id)"));

        MillraceException reason = refused(target.sink(), batch(1), failing);
        CommitOutcome again = write(target.sink(), batch(1), rows(session.newSession(), 3, 103));

        assertThat(reason).hasMessageContaining("bad row");
        assertThat(again).isInstanceOf(Committed.class);
        assertAsPromised(target, 103);
    }

    @Test
    protected void aWriterThatBreaksAtAnyPointTellsTheTruthAndItsBatchComesAgainAsPromised() {
        Map<String, Function<SinkTarget, Sink>> points = new LinkedHashMap<>(BreakingSink.ofAnyKind());
        points.putAll(breaking());
        points.forEach((point, broken) -> {
            SinkTarget target = target(COLUMNS);
            write(target.sink(), batch(0), rows(0, 3));

            Optional<CommitOutcome> outcome = attempted(broken.apply(target), batch(1), rows(3, 6));
            outcome.ifPresent(told -> assertTrue(point, told, target));
            CommitOutcome again = write(target.sink(), batch(1), rows(3, 6));

            assertThat(again).as(point).isInstanceOfAny(Committed.class, AlreadyCommitted.class);
            assertAsPromised(target, 6);
        });
    }

    @Test
    protected void deadLettersAreCommittedBeforeAnythingElse() {
        Mismatches mismatches = mismatches().orElseGet(this::none);
        List<String> events = new ArrayList<>();
        LettersOfTest letters = new LettersOfTest(() -> events.add(ids(mismatches.target()) + " before the letters"));

        CommitOutcome outcome = write(mismatches.target().sink(), batch(0), mismatches.rows(), letters);

        assertThat(outcome).isInstanceOfSatisfying(Committed.class, committed -> {
            assertThat(committed.counts().committed())
                    .isEqualTo(mismatches.written().size());
            assertThat(committed.counts().deadLettered()).isEqualTo(mismatches.letters());
        });
        assertThat(letters.taken()).isEqualTo(mismatches.letters());
        assertThat(events).isEqualTo(mismatches.letters() == 0 ? List.of() : List.of("[] before the letters"));
        assertThat(ids(mismatches.target())).containsExactlyElementsOf(mismatches.written());
    }

    @Test
    protected void aBatchWhoseDeadLettersAreRefusedStaysOut() {
        Mismatches mismatches = mismatches().orElseGet(this::none);
        LettersOfTest full = new LettersOfTest(() -> {
            throw MillraceException.external("the disk of the dead letters is full", null);
        });

        CommitOutcome outcome = write(mismatches.target().sink(), batch(0), mismatches.rows(), full);
        List<Long> between = ids(mismatches.target());
        write(mismatches.target().sink(), batch(0), mismatches.rows(), new LettersOfTest(() -> {}));

        if (mismatches.letters() == 0) {
            assertThat(outcome).isInstanceOf(Committed.class);
        } else {
            assertThat(outcome).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.reason())
                    .hasMessage("the disk of the dead letters is full"));
            assertThat(between).isEmpty();
            assertThat(ids(mismatches.target())).containsExactlyElementsOf(mismatches.written());
        }
    }

    @Test
    protected void aWriterThatDiesAfterItsDeadLettersLosesNoRow() {
        Mismatches mismatches = mismatches().orElseGet(this::none);
        LettersOfTest last = new LettersOfTest(() -> {});

        Optional<CommitOutcome> outcome =
                attempted(mismatches.target().sink(), batch(0), mismatches.rows(), new LettersOfTest(() -> {
                    throw new ProcessDeath("the letters");
                }));
        write(mismatches.target().sink(), batch(0), mismatches.rows(), last);

        assertThat(outcome.isEmpty()).isEqualTo(mismatches.letters() > 0);
        if (mismatches.letters() > 0) {
            assertThat(last.taken()).isEqualTo(mismatches.letters());
            assertThat(ids(mismatches.target())).containsExactlyElementsOf(mismatches.written());
        }
    }

    @Test
    protected void surplusColumnsAreLeftOutAndCaseDoesNotMatter() {
        SinkTarget target = target(COLUMNS);
        Dataset<Row> rows =
                rows(0, 2).selectExpr("at", "DAY", "price AS Price", "name AS NAME", "id AS Id", "1 AS surplus");

        CommitOutcome outcome = write(target.sink(), batch(0), rows);

        assertThat(outcome).isInstanceOf(Committed.class);
        if (takesAnyColumns(target)) {
            assertThat(target.rows()).hasSize(2);
            return;
        }
        assertThat(texts(target.rows()))
                .containsExactlyInAnyOrderElementsOf(texts(rows(0, 2).collectAsList()));
    }

    @Test
    protected void rowsThatDoNotFitAreRefusedWithEveryDifference() {
        SinkTarget target = target(COLUMNS);
        Dataset<Row> rows =
                rows(0, 2).selectExpr("CAST(id AS INT) AS id", "name", "CAST(price AS STRING) AS price", "day");

        if (takesAnyColumns(target)) {
            assertTaken(target, rows, 2);
            return;
        }
        MillraceException reason = rejected(target.sink(), batch(0), rows);

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

        if (takesAnyColumns(target)) {
            assertTaken(target, rows, 3);
            return;
        }
        MillraceException reason = rejected(target.sink(), batch(0), rows);

        assertThat(reason.kind()).isEqualTo(MillraceException.Kind.USER);
        assertThat(reason).hasMessage(nullRefusal(target));
        assertThat(target.rows()).isEmpty();
    }

    @Test
    protected void nestedValuesAndNullsComeBackAsTheyWere() {
        SinkTarget target = target(NESTED);
        Optional<String> refusal = nestedRefusal(target);
        if (refusal.isPresent()) {
            assertThat(rejected(target.sink(), batch(0), nested())).hasMessage(refusal.get());
            return;
        }

        write(target.sink(), batch(0), nested());

        assertThat(texts(target.rows())).containsExactlyInAnyOrderElementsOf(nestedAsShown(nested().collectAsList()));
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

        assertThat(ConcurrentWork.all(work)).allMatch(Committed.class::isInstance);
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

    /** Writes a batch of a stream that must have no dead letters. */
    protected static CommitOutcome write(Sink sink, BatchId id, Dataset<Row> rows) {
        return write(sink, id, rows, new NoDeadLetters());
    }

    private static CommitOutcome write(Sink sink, BatchId id, Dataset<Row> rows, DeadLetters letters) {
        return sink.write(new Batch(id, rows, RunMode.STREAM, letters));
    }

    /** Writes a batch, and returns what came of it; nothing where the sink has died. */
    private static Optional<CommitOutcome> attempted(Sink sink, BatchId id, Dataset<Row> rows) {
        return attempted(sink, id, rows, new NoDeadLetters());
    }

    private static Optional<CommitOutcome> attempted(Sink sink, BatchId id, Dataset<Row> rows, DeadLetters letters) {
        try {
            return Optional.of(write(sink, id, rows, letters));
        } catch (AssertionError failed) {
            throw failed;
        } catch (Error death) {
            return Optional.empty();
        } catch (RuntimeException thrown) {
            return Optional.of(new Unknown(MillraceException.plugin("thrown", thrown)));
        }
    }

    /**
     * Writes a batch that must not be committed, and returns why it is not. Only of a sink that promises less it may be open what is there of the batch.
     */
    protected final MillraceException refused(Sink sink, BatchId id, Dataset<Row> rows) {
        CommitOutcome outcome = write(sink, id, rows);
        if (outcome instanceof Unknown unknown && delivery() == Delivery.AT_LEAST_ONCE) {
            return unknown.reason();
        }
        return reason(outcome);
    }

    /** Writes a batch of which nothing must come into the target, and returns why; the sink must say so by what it returns. */
    protected static MillraceException rejected(Sink sink, BatchId id, Dataset<Row> rows) {
        return reason(write(sink, id, rows));
    }

    private static MillraceException reason(CommitOutcome outcome) {
        assertThat(outcome).isInstanceOf(Rejected.class);
        return ((Rejected) outcome).reason();
    }

    private void assertTrue(String point, CommitOutcome told, SinkTarget target) {
        if (told instanceof Rejected) {
            assertThat(ids(target)).as(point + ": rejected").containsExactlyElementsOf(range(0, 3));
        } else if (told instanceof Committed || told instanceof AlreadyCommitted) {
            assertThat(ids(target)).as(point + ": committed").containsAll(range(0, 6));
        }
    }

    private void assertAsPromised(SinkTarget target, long rows) {
        if (delivery() == Delivery.EXACTLY_ONCE) {
            assertThat(ids(target)).containsExactlyElementsOf(range(0, rows));
        } else {
            assertThat(ids(target)).containsAll(range(0, rows)).isSubsetOf(range(0, rows));
        }
    }

    private boolean takesAnyColumns(SinkTarget target) {
        return nameOf(target).isEmpty();
    }

    private static void assertTaken(SinkTarget target, Dataset<Row> rows, int count) {
        assertThat(write(target.sink(), batch(0), rows))
                .isInstanceOfSatisfying(Committed.class, committed -> assertThat(committed.counts())
                        .isEqualTo(Counts.committed(count)));
        assertThat(target.rows()).hasSize(count);
    }

    /** A batch that has none. */
    private Mismatches none() {
        return new Mismatches(target(COLUMNS), rows(0, 3), range(0, 3), 0);
    }

    /**
     * A batch of which a sink can write some rows only.
     *
     * @param target empty
     * @param rows those of the batch
     * @param written ids of the rows it writes, ascending
     * @param letters how many rows it hands over as dead letters
     */
    public record Mismatches(SinkTarget target, Dataset<Row> rows, List<Long> written, int letters) {

        /** Copies the list. */
        public Mismatches {
            written = List.copyOf(written);
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
