package io.millrace.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Etl;
import io.millrace.plan.PlannedStep;
import io.millrace.spi.NoConfiguration;
import io.millrace.spi.Strategy;
import io.millrace.spi.StrategyContext;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every record of an input is counted once and none vanishes, whatever the steps do with it. */
@ExtendWith(MillraceSession.class)
class InputNumbersIT {

    private static final InputNumbers NUMBERS = new InputNumbers("numbers", 8, 2);
    private static final InputNumbers OTHERS = new InputNumbers("others", 1, 1);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private final SparkSession session;

    InputNumbersIT(SparkSession session) {
        this.session = session;
    }

    @BeforeEach
    void writeInput() throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        Files.write(in.resolve("a.txt"), List.of("1", "2", "three", "4", "5"));
        Files.write(in.resolve("b.txt"), List.of("six", "7", "-8", "100", "10"));
        Path others = Files.createDirectories(folder.resolve("others"));
        Files.write(others.resolve("a.txt"), List.of("2000", "two"));
    }

    private ParquetSink dead() {
        return new ParquetSink(folder.resolve("dead"));
    }

    private Pipeline pipeline() {
        return new Pipeline(session, folder.resolve("state"))
                .source("numbers", new NumbersSource(folder.resolve("in")))
                .source("others", new NumbersSource(folder.resolve("others")))
                .sink("out", new ParquetSink(folder.resolve("out")))
                .sink("dead", dead());
    }

    private static Etl.Builder etl() {
        return Etl.named("e").input("numbers", "numbers").output("out").deadLetters("dead");
    }

    private long deadLetters() {
        return dead().rows(session).count();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT n FROM numbers WHERE n > 3",
                "SELECT n FROM numbers UNION ALL SELECT -n FROM numbers",
                "SELECT a.n FROM numbers a JOIN numbers b ON a.n = b.n + 1",
                "SELECT n FROM numbers ORDER BY n",
                "SELECT n FROM numbers LIMIT 1",
                "SELECT n FROM numbers WHERE 1 = 0",
                "SELECT n FROM numbers WHERE n > (SELECT min(n) FROM numbers)",
                "WITH small AS (SELECT n FROM numbers WHERE n < 5) SELECT a.n FROM small a JOIN small b USING (n)",
                "SELECT n, count(*) OVER (PARTITION BY n % 2) AS c FROM numbers",
                "SELECT n FROM numbers JOIN (SELECT id FROM range(10) WHERE id > rand() + 100) ON id = n"
            })
    void everyRecordOfAnInputIsCountedOnce(String sql) {
        EtlResult result = pipeline().sql("s", sql).run(etl()).etl("e");

        assertThat(result.inputs()).containsExactly(NUMBERS);
        assertThat(result.deadLetters()).isEqualTo(2);
        assertThat(deadLetters()).isEqualTo(2);
    }

    /** Few of them are kept on the way, many are looked for in a pass of their own. */
    @ParameterizedTest
    @ValueSource(ints = {10, 300_000})
    void everyRecordThatCannotBeDecodedIsADeadLetterAsItWas(int length) throws IOException {
        List<String> bad = IntStream.range(0, 60)
                .mapToObj(i -> "no number " + i + "y".repeat(length))
                .toList();
        List<String> lines = new ArrayList<>(bad);
        IntStream.range(0, 60).forEach(i -> lines.add(2 * i, Integer.toString(i)));
        Files.write(folder.resolve("in/a.txt"), lines);
        Files.write(folder.resolve("in/b.txt"), List.of());

        EtlResult result = pipeline().run(etl()).etl("e");

        assertThat(result.inputs()).containsExactly(new InputNumbers("numbers", 60, 60));
        assertThat(dead().rows(session).selectExpr("string(value)").collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrderElementsOf(bad);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT numbers.n FROM numbers JOIN others ON numbers.n = others.n",
                "SELECT n FROM numbers WHERE n NOT IN (SELECT n FROM others)",
                "SELECT n FROM numbers EXCEPT SELECT n FROM others",
                "SELECT n FROM numbers UNION ALL SELECT n FROM others"
            })
    void everyInputIsCounted(String sql) {
        EtlResult result =
                pipeline().sql("s", sql).run(etl().input("others", "others")).etl("e");

        assertThat(result.inputs()).containsExactly(NUMBERS, OTHERS);
        assertThat(deadLetters()).isEqualTo(3);
    }

    @Test
    void anInputThatNoStepReadsIsNotRead() {
        EtlResult result = pipeline()
                .sql("s", "SELECT n FROM numbers")
                .run(etl().input("others", "others"))
                .etl("e");

        assertThat(result.inputs()).containsExactly(NUMBERS);
        assertThat(deadLetters()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAStrategyLooksAtBeforeDoesNotCount(boolean keeps) {
        Strategy<NoConfiguration> curious = new Strategy<>() {
            @Override
            public Class<NoConfiguration> configurationType() {
                return NoConfiguration.class;
            }

            @Override
            public Dataset<Row> transform(StrategyContext context, NoConfiguration none) {
                Dataset<Row> numbers = context.view("numbers");
                Dataset<Row> looked = keeps ? numbers.persist() : numbers;
                return keeps
                        ? looked.filter("n < " + looked.count())
                        : numbers.limit(numbers.takeAsList(1).size());
            }
        };

        EtlResult result = pipeline()
                .step(new PlannedStep.Java<>("s", curious, new NoConfiguration()))
                .run(etl())
                .etl("e");

        assertThat(result.inputs()).containsExactly(NUMBERS);
        assertThat(deadLetters()).isEqualTo(2);
    }
}
