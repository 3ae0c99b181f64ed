package io.millrace.run;

import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.internal.builtin.FilesPlugin;
import io.millrace.model.Etl;
import io.millrace.model.Expectation.Otherwise;
import io.millrace.model.Output;
import io.millrace.plan.PlannedStep;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.Delivery;
import io.millrace.spi.NoConfiguration;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.spi.Slice;
import io.millrace.spi.Strategy;
import io.millrace.spi.StrategyContext;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.TestModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class RunNumbersIT {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private final SparkSession session;

    RunNumbersIT(SparkSession session) {
        this.session = session;
    }

    @BeforeEach
    void writeInput() throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        Files.write(in.resolve("a.txt"), List.of("1", "2", "three", "4", "5", "six", "7", "-8", "100", "10"));
    }

    private NumbersSource numbers() {
        return new NumbersSource(folder.resolve("in"));
    }

    private ParquetSink sink(String name) {
        return new ParquetSink(folder.resolve(name));
    }

    private Pipeline pipeline() {
        return new Pipeline(session, folder.resolve("state"))
                .source("numbers", numbers())
                .sink("out", sink("out"))
                .sink("dead", sink("dead"));
    }

    private static Etl.Builder etl() {
        return Etl.named("e").input("numbers", "numbers");
    }

    @Test
    void everyRecordIsAccountedFor() {
        RunResult result = pipeline()
                .run(etl().output("out")
                        .deadLetters("dead")
                        .expect("positive", "n > 0", Otherwise.DEAD_LETTER)
                        .expect("small", "n < 50", Otherwise.DROP)
                        .expect("odd", "n % 2 = 1", Otherwise.WARN));

        EtlResult etl = result.etl("e");
        assertThat(etl.inputs()).containsExactly(new InputNumbers("numbers", 8, 2));
        OutputNumbers output = etl.outputs().get(0);
        assertThat(output.rowsIn()).isEqualTo(8);
        assertThat(output.counts()).isEqualTo(new Counts(6, 1, 1, 0, 0));
        assertThat(output.expectations()).isEqualTo(Map.of("positive", 1L, "small", 1L, "odd", 5L));
        assertThat(etl.deadLetters()).isEqualTo(3);
        assertThat(sink("out").numbers(session)).containsExactly(1L, 2L, 4L, 5L, 7L, 10L);
        assertThat(deadLetters())
                .containsExactly(
                        "decode|NOT_A_NUMBER|not a number: six|six|null|true|e",
                        "decode|NOT_A_NUMBER|not a number: three|three|null|true|e",
                        "expectation|EXPECTATION_NOT_MET|expectation positive is not met: n > 0 is not true|-8|null|true|e");
    }

    @Test
    void aRowThatHasLostItsSourceIsKeptAsJson() {
        pipeline()
                .sql("bare", "SELECT n FROM numbers")
                .run(etl().output("out").deadLetters("dead").expect("positive", "n > 0", Otherwise.DEAD_LETTER));

        assertThat(deadLetters())
                .contains(
                        "expectation|EXPECTATION_NOT_MET|expectation positive is not met: n > 0 is not true|null|{\"n\":-8}|false|e");
    }

    @Test
    void withoutAPlaceForDeadLettersAnUndecodableRecordFailsTheRun() throws IOException {
        Files.write(folder.resolve("in/a.txt"), List.of("1", "two"));

        assertThatThrownBy(() -> pipeline().run(etl().output("out")))
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .hasMessage("ETL e: a record cannot be decoded: not a number: two;"
                        + " add dead-letters = MODEL to the ETL to keep such records aside");
        assertThat(sink("out").numbers(session)).isEmpty();
    }

    @Test
    void anExpectationOfKindFailFailsTheBatch() throws IOException {
        Files.write(folder.resolve("in/a.txt"), List.of("1", "-2"));

        assertThatThrownBy(() -> pipeline().run(etl().output("out").expect("positive", "n > 0", Otherwise.FAIL)))
                .hasMessage("ETL e: expectation positive is not met: n > 0 is not true for {\"n\":-2}");
        assertThat(sink("out").numbers(session)).isEmpty();
    }

    @Test
    void severalOutputsTakeWhatTheirConditionsSay() {
        RunResult result = pipeline()
                .sink("even", sink("even"))
                .run(etl().output(new Output("even", "n % 2 = 0"))
                        .output(new Output("out", "n % 2 <> 0"))
                        .deadLetters("dead")
                        .expect("positive", "n > 0", Otherwise.DEAD_LETTER));

        assertThat(result.etl("e").inputs()).containsExactly(new InputNumbers("numbers", 8, 2));
        assertThat(result.etl("e").outputs()).extracting(OutputNumbers::rowsIn).containsExactly(5L, 3L);
        assertThat(sink("even").numbers(session)).containsExactly(2L, 4L, 10L, 100L);
        assertThat(sink("out").numbers(session)).containsExactly(1L, 5L, 7L);
        assertThat(deadLetters()).hasSize(3);
    }

    @Test
    void aSinkWhoseCountsDoNotAddUpIsAnError() {
        Sink forgetful = new Sink() {
            @Override
            public String description() {
                return "forgetful";
            }

            @Override
            public Delivery delivery() {
                return Delivery.AT_LEAST_ONCE;
            }

            @Override
            public CommitOutcome write(Batch batch) {
                return new CommitOutcome.Committed(
                        "x", Counts.committed(batch.rows().count() - 1));
            }
        };

        assertThatThrownBy(() -> pipeline()
                        .sink("out", forgetful)
                        .run(etl().output("out").deadLetters("dead")))
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(MillraceException.Kind.INTERNAL))
                .hasMessage("output p/e/out: the numbers do not add up: 8 rows in, but "
                        + "Counts[committed=7, dropped=0, deadLettered=0, stale=0, collapsed=0]");
    }

    @Test
    void anInputThatCannotBeReadIsNamed() throws IOException {
        Files.delete(folder.resolve("in/a.txt"));
        Files.delete(folder.resolve("in"));

        assertThatThrownBy(() -> pipeline().run(etl().output("out")))
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .hasMessage("ETL e, input numbers (numbers in " + folder.resolve("in")
                        + "): [PATH_NOT_FOUND] Path does not exist: file:" + folder.resolve("in")
                        + ". SQLSTATE: 42K03");
    }

    @Test
    void aRunsValuesAreParameters() {
        Pipeline pipeline = pipeline()
                .sql(
                        "dated",
                        "SELECT n, :run_date AS day FROM numbers WHERE array_contains(:partitions, CAST(n AS INT))");

        assertThatThrownBy(() -> pipeline.run(etl().output("out").deadLetters("dead")))
                .hasMessage("ETL e, step dated: the query uses :partitions, :run_date, which this run does not have;"
                        + " give --date, --window or --partitions");
        pipeline.run(
                etl().output("out").deadLetters("dead"),
                RunRequest.of(new Slice(LocalDate.of(2024, 1, 3), List.of(5, 2), null)));
        assertThat(sink("out").rows(session).orderBy("n").collectAsList().toString())
                .isEqualTo("[[2,2024-01-03], [5,2024-01-03]]");
    }

    @Test
    void rowsThatAreLaidOutByFileSizeAreComputedAndCountedOnce() throws IOException {
        Files.write(folder.resolve("in/b.txt"), List.of("11", "12", "-13", "fourteen"));
        LongAccumulator calls = session.sparkContext().longAccumulator();
        SparkSession own = session.newSession();
        own.udf()
                .register(
                        "seen",
                        udf(
                                        (UDF1<Long, Long>) n -> {
                                            calls.add(1);
                                            return n;
                                        },
                                        DataTypes.LongType)
                                .asNondeterministic());
        Sink sized = TestModel.of("path = \"" + folder.resolve("out") + "\", target-file-size = 64MB")
                .sink(new FilesPlugin(), RunMode.BATCH);

        RunResult result = new Pipeline(own, folder.resolve("state"))
                .source("numbers", numbers())
                .sink("out", sized)
                .sink("dead", sink("dead"))
                .sql("step", "SELECT seen(n) AS n, _source FROM numbers")
                .run(etl().output("out").deadLetters("dead").expect("small", "n < 50", Otherwise.DROP));

        EtlResult etl = result.etl("e");
        assertThat(etl.inputs()).containsExactly(new InputNumbers("numbers", 11, 3));
        assertThat(etl.outputs().get(0).counts()).isEqualTo(new Counts(10, 1, 0, 0, 0));
        assertThat(etl.deadLetters()).isEqualTo(3);
        assertThat(calls.value()).isEqualTo(11);
        assertThat(etl.outputs().get(0).details().get(0)).containsEntry("files", 1);
        assertThat(sink("out").numbers(session)).containsExactly(-13L, -8L, 1L, 2L, 4L, 5L, 7L, 10L, 11L, 12L);
    }

    @Test
    void viewsAndFunctionsOfTheSessionAreSeenByTheSteps() {
        SparkSession own = session.newSession();
        own.range(3).createOrReplaceTempView("factors");
        own.udf().register("twice", (UDF1<Long, Long>) n -> n * 2, DataTypes.LongType);

        new Pipeline(own, folder.resolve("state"))
                .source("numbers", numbers())
                .sink("out", sink("out"))
                .sink("dead", sink("dead"))
                .sql("joined", "SELECT twice(n) AS n FROM numbers JOIN factors ON id = n")
                .run(etl().output("out").deadLetters("dead"));

        assertThat(sink("out").numbers(session)).containsExactly(2L, 4L);
    }

    @Test
    void aStrategyMayRefuseRows() {
        Strategy<NoConfiguration> strategy = new TestStrategy() {
            @Override
            public Dataset<Row> transform(StrategyContext context, NoConfiguration none) {
                Dataset<Row> numbers = context.view("numbers");
                context.deadLetter(numbers.filter("n > 50"), "TOO_LARGE", "larger than 50");
                return numbers.filter("n <= 50");
            }
        };

        RunResult result = pipeline()
                .step(new PlannedStep.Java<>("small", strategy, new NoConfiguration()))
                .run(etl().output("out").deadLetters("dead"));

        assertThat(result.etl("e").deadLetters()).isEqualTo(3);
        assertThat(deadLetters()).contains("strategy|TOO_LARGE|larger than 50|100|null|true|e");
    }

    @Test
    void aStrategyThatThrowsIsNamed() {
        Strategy<NoConfiguration> strategy = new TestStrategy() {
            @Override
            public Dataset<Row> transform(StrategyContext context, NoConfiguration none) {
                return context.view("nombers");
            }
        };
        Strategy<NoConfiguration> broken = new TestStrategy() {
            @Override
            public Dataset<Row> transform(StrategyContext context, NoConfiguration none) {
                throw new IllegalStateException("no model");
            }
        };

        assertThatThrownBy(() -> pipeline()
                        .step(new PlannedStep.Java<>("s", strategy, new NoConfiguration()))
                        .run(etl().output("out")))
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(MillraceException.Kind.PLUGIN))
                .hasMessage("ETL e, step s: there is no view \"nombers\"; there are numbers");
        assertThatThrownBy(() -> pipeline()
                        .step(new PlannedStep.Java<>("s", broken, new NoConfiguration()))
                        .run(etl().output("out")))
                .hasMessage("ETL e, step s: strategy " + broken.getClass().getName()
                        + " failed: java.lang.IllegalStateException: no model");
    }

    private abstract static class TestStrategy implements Strategy<NoConfiguration> {
        @Override
        public Class<NoConfiguration> configurationType() {
            return NoConfiguration.class;
        }
    }

    private List<String> deadLetters() {
        return sink("dead").rows(session).collectAsList().stream()
                .map(row -> String.join(
                        "|",
                        row.getAs("stage"),
                        row.getAs("reason_code"),
                        row.getAs("reason"),
                        text(row.getAs("value")),
                        row.<String>getAs("row") + "",
                        row.<Boolean>getAs("replayable") + "",
                        row.getAs("etl")))
                .sorted()
                .toList();
    }

    private static String text(byte @org.jspecify.annotations.Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
    }
}
