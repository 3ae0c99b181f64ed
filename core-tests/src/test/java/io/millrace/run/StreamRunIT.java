package io.millrace.run;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.model.Etl;
import io.millrace.model.Expectation.Otherwise;
import io.millrace.model.Trigger;
import io.millrace.plan.PlannedStep;
import io.millrace.run.RunRequest.Allowance;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Delivery;
import io.millrace.spi.NoConfiguration;
import io.millrace.spi.OutputId;
import io.millrace.spi.Sink;
import io.millrace.spi.StreamingStrategy;
import io.millrace.spi.SupportsDiscard;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class StreamRunIT {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private final SparkSession session;

    StreamRunIT(SparkSession session) {
        this.session = session;
    }

    private void arrive(String name, String... lines) throws IOException {
        Files.write(Files.createDirectories(folder.resolve("in")).resolve(name), List.of(lines));
    }

    private ParquetSink sink(String name) {
        return new ParquetSink(folder.resolve(name));
    }

    private Pipeline pipeline() {
        return new Pipeline(session, folder.resolve("state"))
                .source("numbers", new NumbersSource(folder.resolve("in")))
                .sink("out", sink("out"))
                .sink("dead", sink("dead"));
    }

    private static Etl.Builder etl(Trigger trigger) {
        return Etl.named("e")
                .input("numbers", "numbers")
                .output("out")
                .deadLetters("dead")
                .trigger(trigger);
    }

    private static Etl.Builder availableNow() {
        return etl(new Trigger.AvailableNow());
    }

    /** A sink that fails before or after it has written, until it is mended. */
    private static final class Fragile implements Sink {

        private final ParquetSink sink;
        private final boolean writesBefore;
        private boolean mended;

        Fragile(ParquetSink sink, boolean writesBefore) {
            this.sink = sink;
            this.writesBefore = writesBefore;
        }

        @Override
        public String description() {
            return "fragile";
        }

        @Override
        public Delivery delivery() {
            return Delivery.EXACTLY_ONCE;
        }

        @Override
        public CommitOutcome write(Batch batch) {
            if (mended) {
                return sink.write(batch);
            }
            mended = true;
            if (writesBefore) {
                CommitOutcome written = sink.write(batch);
                assertThat(written).isInstanceOf(CommitOutcome.Committed.class);
            }
            throw new IllegalStateException("lights out");
        }
    }

    @Test
    void aStreamTakesEachRecordOnceAndContinues() throws IOException {
        arrive("a", "1", "two", "3");
        RunResult first = pipeline().run(availableNow());
        RunResult idle = pipeline().run(availableNow());
        arrive("b", "4", "five");
        arrive("c", "6");
        RunResult second = pipeline().run(availableNow());

        assertThat(first.etl("e").inputs()).containsExactly(new InputNumbers("numbers", 2, 1));
        assertThat(idle.etl("e").batches()).isZero();
        assertThat(second.etl("e").batches()).isEqualTo(2);
        assertThat(second.etl("e").inputs()).containsExactly(new InputNumbers("numbers", 2, 1));
        assertThat(sink("out").numbers(session)).containsExactly(1L, 3L, 4L, 6L);
        assertThat(sink("dead").rows(session).count()).isEqualTo(2);
    }

    /** Returns the id of the stream that has written the first batch to an output, by the name of its marker. */
    private String streamOf(String output) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(output).resolve("_millrace/commits"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".0.json"))
                    .map(name -> name.substring(0, name.indexOf('.')))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void eachBatchIsALineOfTheLog() throws IOException {
        arrive("a", "1", "two", "3");
        List<String> lines;
        try (LoggedLines log = new LoggedLines(BatchLog.class)) {
            pipeline().run(availableNow());
            String stream = streamOf("out"); // other classes run streams meanwhile
            lines = log.lines().stream().filter(line -> line.contains(stream)).toList();
        }

        assertThat(lines)
                .singleElement(as(InstanceOfAssertFactories.STRING))
                .matches("batch p/e#stream-[0-9a-f-]{36}/0: input numbers: 3 read, 1 undecodable;"
                        + " output out: 2 rows in, 2 committed, 0 dropped, 0 dead-lettered, 0 stale, 0 collapsed,"
                        + " _millrace/commits/\\w+/stream-[0-9a-f-]{36}\\.0\\.json \\{files=1, bytes=\\d+};"
                        + " 1 dead letters; \\d+ ms");
    }

    @Test
    void aCrashAfterTheOutputLosesNoDeadLetters() throws IOException {
        arrive("a", "1", "two", "-3");
        Pipeline pipeline = pipeline().sink("dead", new Fragile(sink("dead"), false));
        Etl.Builder etl = availableNow().expect("positive", "n > 0", Otherwise.DEAD_LETTER);

        assertThatThrownBy(() -> pipeline.run(etl)).hasMessageContaining("lights out");
        assertThat(sink("out").numbers(session)).containsExactly(1L);
        RunResult second = pipeline.run(etl);

        assertThat(second.etl("e").outputs().get(0).replayed()).isEqualTo(1);
        assertThat(second.etl("e").deadLetters()).isEqualTo(2);
        assertThat(sink("out").numbers(session)).containsExactly(1L);
        assertThat(sink("dead").rows(session).count()).isEqualTo(2);
    }

    @Test
    void aCrashAfterTheDeadLettersWritesNothingTwice() throws IOException {
        arrive("a", "1", "two");
        Pipeline pipeline = pipeline().sink("dead", new Fragile(sink("dead"), true));

        assertThatThrownBy(() -> pipeline.run(availableNow())).hasMessageContaining("lights out");
        pipeline.run(availableNow());

        assertThat(sink("out").numbers(session)).containsExactly(1L);
        assertThat(sink("dead").rows(session).count()).isEqualTo(1);
    }

    @Test
    void aBatchThatIsReplayedHidesNoNumbersOfThoseAfterIt() throws IOException {
        arrive("a", "1", "two");
        Pipeline pipeline = pipeline().sink("dead", new Fragile(sink("dead"), false));
        assertThatThrownBy(() -> pipeline.run(availableNow())).hasMessageContaining("lights out");
        arrive("b", "3", "4", "five");

        RunResult second = pipeline.run(availableNow());

        assertThat(second.etl("e").outputs().get(0).replayed()).isEqualTo(1);
        assertThat(second.etl("e").inputs()).containsExactly(new InputNumbers("numbers", 2, 1));
        assertThat(second.etl("e").deadLetters()).isEqualTo(2);
    }

    @Test
    void aRunThatIsAskedToStopFinishesItsBatchAndTheNextRunGoesOn() throws IOException {
        for (int i = 1; i <= 5; i++) {
            arrive("f" + i, String.valueOf(i));
        }
        AtomicReference<PipegraphRunner> runner = new AtomicReference<>();
        RunListener stopAfterFirst = new RunListener() {
            @Override
            public void batchFinished(EtlResult batch) {
                runner.get().stop();
            }
        };
        runner.set(new PipegraphRunner(
                session, pipeline().plan(etl(new Trigger.Continuous())), RunRequest.all(), stopAfterFirst));

        RunResult stopped = runner.get().run();
        int written = sink("out").numbers(session).size();
        pipeline().run(availableNow());

        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.etl("e").batches()).isEqualTo(1);
        assertThat(written).isEqualTo(1);
        assertThat(sink("out").numbers(session)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void aNewCheckpointOverAnEarlierStreamIsRefused() throws IOException {
        arrive("a", "1");
        pipeline().run(availableNow());
        Path checkpoint = folder.resolve("state/checkpoints/p/e");
        delete(checkpoint);

        assertThatThrownBy(() -> pipeline().run(availableNow()))
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .message()
                .matches("ETL e: the checkpoint \\Q" + checkpoint + "\\E is new, but out \\(parquet files in \\Q"
                        + folder.resolve("out")
                        + "\\E\\) holds commits of an earlier stream of this ETL \\(stream-[0-9a-f-]+\\): everything would be read and written again."
                        + " Restore the checkpoint, or empty the target, or accept it with --accept-new-checkpoint");
        pipeline().run(availableNow(), RunRequest.all().accepting(Allowance.NEW_CHECKPOINT));
        assertThat(sink("out").numbers(session)).containsExactly(1L, 1L);
    }

    @Test
    void aStreamingStrategyKeepsStateAndRecordsThatCannotBeDecodedGoAroundIt() throws IOException {
        StreamingStrategy<NoConfiguration> distinct = new StreamingStrategy<>() {
            @Override
            public Class<NoConfiguration> configurationType() {
                return NoConfiguration.class;
            }

            @Override
            public Dataset<Row> transform(Dataset<Row> stream, NoConfiguration none) {
                return stream.dropDuplicates("n");
            }
        };
        Pipeline pipeline = pipeline().step(new PlannedStep.Streaming<>("distinct", distinct, new NoConfiguration()));

        arrive("a", "1", "1", "two");
        pipeline.run(availableNow());
        arrive("b", "1", "2", "three");
        pipeline.run(availableNow());

        assertThat(sink("out").numbers(session)).containsExactly(1L, 2L);
        assertThat(sink("dead").rows(session).count()).isEqualTo(2);
    }

    @Test
    void aStreamingStrategyThatThrowsIsNamed() throws IOException {
        StreamingStrategy<NoConfiguration> broken = new StreamingStrategy<>() {
            @Override
            public Class<NoConfiguration> configurationType() {
                return NoConfiguration.class;
            }

            @Override
            public Dataset<Row> transform(Dataset<Row> stream, NoConfiguration none) {
                throw new IllegalStateException("no model");
            }
        };
        Pipeline pipeline = pipeline().step(new PlannedStep.Streaming<>("s", broken, new NoConfiguration()));
        arrive("a", "1");

        assertThatThrownBy(() -> pipeline.run(availableNow()))
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(MillraceException.Kind.PLUGIN))
                .hasMessage("ETL e, step s: strategy " + broken.getClass().getName()
                        + " failed: java.lang.IllegalStateException: no model");
    }

    @Test
    void anInputThatCannotBeStreamedIsNamed() {
        assertThatThrownBy(() -> pipeline().run(availableNow()))
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .hasMessage("ETL e, input numbers (numbers in " + folder.resolve("in")
                        + "): [PATH_NOT_FOUND] Path does not exist: " + folder.resolve("in")
                        + ". SQLSTATE: 42K03");
    }

    @Test
    void aBatchRunThatDidNotFinishIsResumedOrLeft() throws IOException {
        arrive("a", "1");
        Pipeline pipeline = pipeline().sink("second", new Fragile(sink("second"), false));
        Etl.Builder etl =
                Etl.named("e").input("numbers", "numbers").output("out").output("second");

        assertThatThrownBy(() -> pipeline.run(etl)).hasMessageContaining("lights out");
        assertThatThrownBy(() -> pipeline.run(etl))
                .message()
                .matches(
                        "run run-[0-9a-f-]+ of pipegraph p \\(slice all\\) did not finish;"
                                + " --resume continues it and writes nothing twice, --new-run leaves it and writes everything as a new run");
        RunResult resumed = pipeline.run(etl, RunRequest.all().resuming());
        assertThat(resumed.etl("e").outputs())
                .extracting(OutputNumbers::replayed)
                .containsExactly(1L, 0L);
        assertThat(sink("out").numbers(session)).containsExactly(1L);
        assertThat(sink("second").numbers(session)).containsExactly(1L);

        assertThatThrownBy(() -> pipeline.run(etl, RunRequest.all().resuming()))
                .hasMessage("pipegraph p has no unfinished run of slice all to resume; run it without --resume");
        pipeline.run(etl);
        assertThat(sink("out").numbers(session)).containsExactly(1L, 1L);
    }

    /** A sink that hears what is to be discarded. */
    private record Discarding(ParquetSink sink, List<String> heard) implements Sink, SupportsDiscard {

        @Override
        public String description() {
            return sink.description();
        }

        @Override
        public Delivery delivery() {
            return sink.delivery();
        }

        @Override
        public CommitOutcome write(Batch batch) {
            return sink.write(batch);
        }

        @Override
        public void discard(SparkSession session, OutputId output, String request) {
            heard.add(output + "#" + request);
        }
    }

    @Test
    void aNewRunHasDiscardedWhatTheOneItLeavesDidNotCommit() throws IOException {
        arrive("a", "1");
        List<String> heard = new ArrayList<>();
        Pipeline pipeline = pipeline()
                .sink("out", new Discarding(sink("out"), heard))
                .sink("dead", new Discarding(sink("dead"), heard))
                .sink("second", new Fragile(sink("second"), false));
        Etl.Builder etl = Etl.named("e")
                .input("numbers", "numbers")
                .output("out")
                .output("second")
                .deadLetters("dead");
        assertThatThrownBy(() -> pipeline.run(etl)).hasMessageContaining("lights out");
        String left = pipeline.unfinished();
        assertThat(heard).isEmpty();

        RunResult fresh = pipeline.run(etl, RunRequest.all().leavingUnfinished());

        assertThat(heard)
                .containsExactly(
                        "p/e/out#" + left, "p/e/dead@out#" + left, "p/e/dead@second#" + left, "p/e/dead#" + left);
        assertThat(fresh.runId()).isNotEqualTo(left);
        assertThat(sink("out").numbers(session)).containsExactly(1L, 1L);
        pipeline.run(etl, RunRequest.all().leavingUnfinished());
        assertThat(heard).as("a run that finished leaves nothing").hasSize(4);
    }

    @Test
    void aBatchRunThatCommittedNothingIsForgotten() throws IOException {
        arrive("a", "one");
        Etl.Builder etl = Etl.named("e").input("numbers", "numbers").output("out");

        assertThatThrownBy(() -> pipeline().run(etl)).hasMessageStartingWith("ETL e: a record cannot be decoded");
        arrive("a", "1");
        pipeline().run(etl);

        assertThat(sink("out").numbers(session)).containsExactly(1L);
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
