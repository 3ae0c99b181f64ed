package io.millrace.internal.builtin;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.MillraceException;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Delivery;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.testkit.DeltaFault;
import io.millrace.testkit.SinkContract;
import io.millrace.testkit.SinkTarget;
import io.millrace.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaPathSinkIT extends SinkContract {

    private final Path folder;
    private final AtomicInteger targets = new AtomicInteger();

    DeltaPathSinkIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Override
    protected SinkTarget target(StructType columns) {
        Path path = folder.resolve("t" + targets.incrementAndGet());
        session().sql("CREATE TABLE delta.`" + path + "` (" + columns.toDDL() + ") USING delta");
        return new Target(session(), path, columns);
    }

    @Override
    protected Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return "Delta table in " + ((Target) target).path();
    }

    @Override
    protected Map<String, Function<SinkTarget, Sink>> breaking() {
        return Map.of("by what Delta does after the commit", target -> {
            DeltaFault.afterEachCommit(session(), ((Target) target).path());
            return target.sink();
        });
    }

    @Override
    protected Optional<Mismatches> mismatches() {
        return Optional.empty();
    }

    @Test
    void whatFailsAfterTheCommitIsAWarning() {
        Target target = (Target) target(COLUMNS);
        DeltaFault.afterEachCommit(session(), target.path());

        CommitOutcome outcome = write(target.sink(), batch(0), rows(0, 2));

        assertThat(outcome)
                .isInstanceOfSatisfying(CommitOutcome.Committed.class, committed -> assertThat(committed.warnings())
                        .singleElement()
                        .asString()
                        .startsWith("the batch is committed, but after that: cannot write Delta table in "
                                + target.path() + ": "));
        assertThat(ids(target)).containsExactly(0L, 1L);
    }

    @Test
    void aTableThatIsNotThereIsCreatedFromTheFirstBatch() {
        Target target = new Target(session(), folder.resolve("new"), COLUMNS);
        Sink sink = TestModel.of("path = \"" + target.path() + "\", partition-by = [day]")
                .sink(new SparkTablePlugin(), RunMode.STREAM);

        CommitOutcome outcome = write(sink, batch(0), rows(0, 4));
        write(sink, batch(0), rows(0, 4));
        write(sink, batch(1), rows(4, 5));

        assertThat(outcome).isInstanceOfSatisfying(CommitOutcome.Committed.class, committed -> {
            assertThat(committed.commit()).isEqualTo("version 0");
            assertThat(committed.details()).isEqualTo(Map.of("version", 0L, "files", 4L));
        });
        assertThat(ids(target)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(folder.resolve("new/day=2024-01-01")).isDirectory();
    }

    @Test
    void ofTwoThatCreateTheTableAtOnceOneIsToTryAgain() throws Exception {
        Target target = new Target(session(), folder.resolve("raced"), COLUMNS);
        String meeting = Files.createDirectories(folder.resolve("meeting")).toString();
        UserDefinedFunction meet = udf((UDF1<Long, Boolean>) id -> meet(Path.of(meeting), id), DataTypes.BooleanType);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<CommitOutcome> outcomes = new ArrayList<>();
        try {
            List<Future<CommitOutcome>> writes = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                BatchId id = new BatchId(TestModel.OUTPUT, "run-" + i, 0);
                var rows = rows(i, i + 1).filter(meet.apply(col("id")));
                writes.add(threads.submit(() -> write(target.sink(), id, rows)));
            }
            for (Future<CommitOutcome> write : writes) {
                outcomes.add(write.get());
            }
        } finally {
            threads.shutdown();
        }
        int refused = outcomes.get(0) instanceof CommitOutcome.Rejected ? 0 : 1;

        assertThat(outcomes.get(1 - refused)).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(outcomes.get(refused)).isInstanceOfSatisfying(CommitOutcome.Rejected.class, rejected -> {
            assertThat(rejected.reason().kind()).isEqualTo(MillraceException.Kind.EXTERNAL);
            assertThat(rejected.reason())
                    .hasMessageStartingWith("cannot write Delta table in " + target.path()
                            + ": [DELTA_PROTOCOL_CHANGED] ProtocolChangedException: ");
        });
        write(target.sink(), new BatchId(TestModel.OUTPUT, "run-" + refused, 0), rows(refused, refused + 1));
        assertThat(ids(target)).containsExactly(0L, 1L);
    }

    /** Waits until two have come; one that comes again does not wait. */
    private static boolean meet(Path meeting, long id) throws IOException {
        Files.writeString(meeting.resolve("row-" + id), "");
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!Files.exists(meeting.resolve("row-" + (1 - id)))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("nobody came");
            }
            LockSupport.parkNanos(1_000_000);
        }
        return true;
    }

    @Test
    void overwritingReplacesTheRowsOnceAndKeepsTheColumns() {
        Target target = (Target) target(COLUMNS);
        Sink overwriting = TestModel.of("path = \"" + target.path() + "\", save-mode = overwrite")
                .sink(new SparkTablePlugin(), RunMode.BATCH);
        write(target.sink(), batch(0), rows(0, 4));

        write(overwriting, batch(1), rows(4, 6).selectExpr("*", "1 AS surplus"));
        CommitOutcome again = write(overwriting, batch(1), rows(4, 6));

        assertThat(again).isEqualTo(new CommitOutcome.AlreadyCommitted("version 2"));
        assertThat(ids(target)).containsExactly(4L, 5L);
    }

    @Test
    void overwritingPartitionsReplacesThoseThatTheBatchHasRowsFor() {
        Target target = new Target(session(), folder.resolve("partitions"), COLUMNS);
        TestModel model = TestModel.of(
                "path = \"" + target.path() + "\", partition-by = [day], save-mode = overwrite, overwrite = dynamic");
        Sink overwriting = model.sink(new SparkTablePlugin(), RunMode.STREAM);
        write(overwriting, batch(0), rows(0, 4));

        write(overwriting, batch(1), rows(2, 3).selectExpr("id + 10 AS id", "Name", "price", "day", "at"));

        assertThat(model.warnings()).isEmpty();
        assertThat(overwriting.description()).isEqualTo("Delta table in " + target.path() + ", overwrite");
        assertThat(ids(target)).containsExactly(0L, 1L, 3L, 12L);
    }

    private record Target(SparkSession session, Path path, StructType columns) implements SinkTarget {
        @Override
        public Sink sink() {
            return TestModel.of("path = \"" + path + "\"").sink(new SparkTablePlugin(), RunMode.STREAM);
        }

        @Override
        public List<Row> rows() {
            return session.read().format("delta").load(path.toString()).collectAsList();
        }
    }
}
