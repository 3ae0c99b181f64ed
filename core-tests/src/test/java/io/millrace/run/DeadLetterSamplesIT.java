package io.millrace.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Etl;
import io.millrace.model.Expectation.Otherwise;
import io.millrace.model.Trigger;
import io.millrace.plan.PlannedStep;
import io.millrace.spi.NoConfiguration;
import io.millrace.spi.Strategy;
import io.millrace.spi.StrategyContext;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the result of a run shows of its dead letters. */
@ExtendWith(MillraceSession.class)
class DeadLetterSamplesIT {

    private final SparkSession session;
    private final Path folder;

    DeadLetterSamplesIT(SparkSession session, @TempDir Path folder) throws IOException {
        this.session = session;
        this.folder = folder;
        Files.createDirectories(folder.resolve("in"));
    }

    @Test
    void aRunWithoutDeadLettersShowsNone() throws IOException {
        write("a.txt", "1", "2");

        assertThat(run(etl()).samples()).isEmpty();
    }

    @Test
    void recordsAndRowsOfEveryStageAreShownInShort() throws IOException {
        write("a.txt", "1", "x".repeat(200), "-8", "99");
        Strategy<NoConfiguration> strategy = new Strategy<>() {
            @Override
            public Class<NoConfiguration> configurationType() {
                return NoConfiguration.class;
            }

            @Override
            public Dataset<Row> transform(StrategyContext context, NoConfiguration none) {
                Dataset<Row> numbers = context.view("numbers");
                context.deadLetter(numbers.filter("n > 50").select("n"), "TOO_LARGE", "larger than 50");
                return numbers.filter("n <= 50");
            }
        };

        EtlResult result = pipeline()
                .step(new PlannedStep.Java<>("small", strategy, new NoConfiguration()))
                .run(etl().expect("positive", "n > 0", Otherwise.DEAD_LETTER))
                .etl("e");

        assertThat(result.deadLetters()).isEqualTo(3);
        assertThat(result.samples())
                .containsExactlyInAnyOrder(
                        sample("strategy", "TOO_LARGE", "larger than 50", null, "{\"n\":99}"),
                        sample(
                                "decode",
                                "NOT_A_NUMBER",
                                "not a number: " + "x".repeat(186) + "…",
                                null,
                                "x".repeat(120) + "…"),
                        sample(
                                "expectation",
                                "EXPECTATION_NOT_MET",
                                "expectation positive is not met: n > 0 is not true",
                                null,
                                "-8"));
    }

    @Test
    void ofManyTheFirstThreeOfAReasonAreShown() throws IOException {
        Files.write(
                folder.resolve("in/a.txt"),
                IntStream.range(0, 2_000).mapToObj(n -> "bad" + n).toList());

        EtlResult result = run(etl());

        assertThat(result.deadLetters()).isEqualTo(2_000);
        assertThat(result.samples()).extracting(DeadLetterSample::value).containsExactly("bad0", "bad1", "bad2");
    }

    @Test
    void aStreamShowsTheFirstOfAllItsBatches() throws IOException {
        write("a.txt", "one", "1");
        write("b.txt", "-1", "two", "2");
        write("c.txt", "three", "four");

        EtlResult result = pipeline()
                .run(etl().expect("positive", "n > 0", Otherwise.DEAD_LETTER).trigger(new Trigger.AvailableNow()))
                .etl("e");
        write("d.txt", "five");
        EtlResult next = pipeline()
                .run(etl().expect("positive", "n > 0", Otherwise.DEAD_LETTER).trigger(new Trigger.AvailableNow()))
                .etl("e");

        assertThat(result.deadLetters()).isEqualTo(5);
        assertThat(result.samples())
                .extracting(DeadLetterSample::reasonCode)
                .containsExactlyInAnyOrder("NOT_A_NUMBER", "NOT_A_NUMBER", "NOT_A_NUMBER", "EXPECTATION_NOT_MET");
        assertThat(next.samples()).extracting(DeadLetterSample::value).containsExactly("five");
    }

    @Test
    void theSamplesOfBatchesAreAFewInAll() {
        List<DeadLetterSample> many = IntStream.range(0, 20)
                .mapToObj(n -> sample("decode", "CODE_" + n / 5, "r", null, "" + n))
                .toList();

        assertThat(DeadLetterSample.first(many.subList(0, 2), many))
                .extracting(DeadLetterSample::value)
                .containsExactly("0", "1", "2", "5", "6", "7", "10", "11", "12", "15");
    }

    @Test
    void whatIsNoTextIsShownInHexadecimal() {
        byte[] letters = "ż".repeat(300).getBytes(StandardCharsets.UTF_8);
        byte[] cut = java.util.Arrays.copyOf(letters, 484);
        cut[0] = 'a';
        System.arraycopy(letters, 0, cut, 1, 483); // ends within a letter

        assertThat(DeadLetterSampler.text(new byte[] {0, 0, 0, 0, 7, (byte) 0xc5}))
                .isEqualTo("0x0000000007C5");
        assertThat(DeadLetterSampler.text(new byte[] {(byte) 0xc5})).isEqualTo("0xC5");
        assertThat(DeadLetterSampler.text(cut)).isEqualTo("a" + "ż".repeat(119) + "…");
        assertThat(DeadLetterSampler.text("😀".repeat(120).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("😀".repeat(120));
        byte[] noise = new byte[500];
        java.util.Arrays.fill(noise, (byte) 0xff);
        assertThat(DeadLetterSampler.text(noise)).isEqualTo("0x" + "FF".repeat(60) + "…");
        assertThat(DeadLetterSampler.text(new byte[0])).isEmpty();
    }

    private Pipeline pipeline() {
        return new Pipeline(session, folder.resolve("state"))
                .source("numbers", new NumbersSource(folder.resolve("in")))
                .sink("out", new ParquetSink(folder.resolve("out")))
                .sink("dead", new ParquetSink(folder.resolve("dead")));
    }

    private EtlResult run(Etl.Builder etl) {
        return pipeline().run(etl).etl("e");
    }

    private static Etl.Builder etl() {
        return Etl.named("e").input("numbers", "numbers").output("out").deadLetters("dead");
    }

    private static DeadLetterSample sample(
            String stage, String code, String reason, @Nullable String from, @Nullable String value) {
        return new DeadLetterSample(stage, code, reason, from, value);
    }

    private void write(String name, String... lines) throws IOException {
        Files.write(folder.resolve("in").resolve(name), List.of(lines));
    }
}
