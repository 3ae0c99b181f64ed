package io.millrace.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.model.Etl;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Delivery;
import io.millrace.spi.Sink;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a run makes of what a sink returns, and of what it throws. */
@ExtendWith(MillraceSession.class)
class OutcomeIT {

    private static final String UNFINISHED = "run run-[0-9a-f-]+ of pipegraph p \\(slice all\\) did not finish;"
            + " --resume continues it and writes nothing twice, --new-run leaves it and writes everything as a new run";

    private final SparkSession session;
    private final Path folder;

    OutcomeIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    @BeforeEach
    void numbers() throws IOException {
        Files.write(Files.createDirectories(folder.resolve("in")).resolve("a.txt"), List.of("1", "two", "3"));
    }

    /** A sink that writes, and answers in a way of its own. */
    private record Answering(ParquetSink sink, Function<CommitOutcome, CommitOutcome> answer) implements Sink {

        @Override
        public String description() {
            return "answering";
        }

        @Override
        public Delivery delivery() {
            return Delivery.EXACTLY_ONCE;
        }

        @Override
        public CommitOutcome write(Batch batch) {
            return answer.apply(sink.write(batch));
        }
    }

    @Test
    void whateverIsThrownLeavesTheBatchUnknownAndTheRunIsResumed() {
        Pipeline broken = pipeline().sink("out", new Answering(sink("out"), committed -> {
            throw MillraceException.user("the line is dead");
        }));

        assertThatThrownBy(() -> broken.run(etl()))
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .hasMessage("the line is dead; whether the batch is in the target is not known: the same batch, written"
                        + " again, finds out");

        assertIsResumed();
    }

    @Test
    void anErrorLeavesTheBatchUnknownToo() {
        Pipeline broken = pipeline().sink("out", new Answering(sink("out"), committed -> {
            throw new StackOverflowError("deep");
        }));

        assertThatThrownBy(() -> broken.run(etl())).isInstanceOf(StackOverflowError.class);

        assertIsResumed();
    }

    @Test
    @SuppressWarnings("NullAway") // as a sink that is compiled without it may do
    void noAnswerIsNoRejection() {
        Pipeline broken = pipeline().sink("out", new Answering(sink("out"), committed -> null));

        assertThatThrownBy(() -> broken.run(etl()))
                .hasMessage("output p/e/out: its sink returned null; whether the batch is in the target is not known:"
                        + " the same batch, written again, finds out");

        assertIsResumed();
    }

    @Test
    void whatIsReturnedAsUnknownIsSaidAsItIs() {
        Pipeline broken = pipeline()
                .sink(
                        "out",
                        new Answering(
                                sink("out"),
                                committed -> new CommitOutcome.Unknown(
                                        MillraceException.external("the answer was lost", null))));

        assertThatThrownBy(() -> broken.run(etl())).hasMessage("the answer was lost");

        assertIsResumed();
    }

    @Test
    void aRejectedBatchLeavesNothingToResume() {
        Pipeline refusing = pipeline()
                .sink(
                        "out",
                        new Answering(
                                sink("elsewhere"),
                                written -> new CommitOutcome.Rejected(MillraceException.external("not now", null))));
        assertThatThrownBy(() -> refusing.run(etl())).hasMessage("not now");

        RunResult next = pipeline().run(etl());

        assertThat(next.etl("e").outputs().get(0).replayed()).isZero();
        assertThat(sink("out").numbers(session)).containsExactly(1L, 3L);
    }

    @Test
    void deadLettersOfWhichNobodyKnowsKeepTheRun() {
        Pipeline broken = pipeline().sink("dead", new Answering(sink("dead"), committed -> {
            throw MillraceException.external("the line is dead", null);
        }));

        assertThatThrownBy(() -> broken.run(etl()))
                .hasMessageStartingWith("the line is dead; whether the batch is in the target is not known");

        assertIsResumed();
        assertThat(sink("dead").rows(session).count()).isEqualTo(1);
    }

    @Test
    void eachRunHasASinkOfItsOwn() {
        List<String> made = new ArrayList<>();
        Sink planned = new Sink() {
            @Override
            public String description() {
                return "planned";
            }

            @Override
            public Delivery delivery() {
                return Delivery.EXACTLY_ONCE;
            }

            @Override
            public Sink ofRun() {
                made.add("sink");
                return sink("out");
            }

            @Override
            public CommitOutcome write(Batch batch) {
                throw new AssertionError("the plan's own is not written through");
            }
        };
        Pipeline pipeline = pipeline().sink("out", planned);

        pipeline.run(etl());
        pipeline.run(etl());

        assertThat(made).hasSize(2);
        assertThat(sink("out").numbers(session)).containsExactly(1L, 1L, 3L, 3L);
    }

    private void assertIsResumed() {
        assertThatThrownBy(() -> pipeline().run(etl())).message().matches(UNFINISHED);
        RunResult resumed = pipeline().run(etl(), RunRequest.all().resuming());
        assertThat(resumed.etl("e").outputs().get(0).replayed()).isEqualTo(1);
        assertThat(sink("out").numbers(session)).containsExactly(1L, 3L);
    }

    private Pipeline pipeline() {
        return new Pipeline(session, folder.resolve("state"))
                .source("numbers", new NumbersSource(folder.resolve("in")))
                .sink("out", sink("out"))
                .sink("dead", sink("dead"));
    }

    private static Etl.Builder etl() {
        return Etl.named("e").input("numbers", "numbers").output("out").deadLetters("dead");
    }

    private ParquetSink sink(String name) {
        return new ParquetSink(folder.resolve(name));
    }
}
