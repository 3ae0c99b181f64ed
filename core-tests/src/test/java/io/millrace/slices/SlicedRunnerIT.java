package io.millrace.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Millrace;
import io.millrace.config.MillraceException;
import io.millrace.plan.PipegraphPlan;
import io.millrace.slices.SliceLedger.Claimed;
import io.millrace.slices.SliceResult.Status;
import io.millrace.spi.Slice;
import io.millrace.testkit.ConcurrentWork;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class SlicedRunnerIT {

    private final SparkSession session;
    private final Path folder;

    SlicedRunnerIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    private static List<Slice> days(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(SliceLedgerIT::day).toList();
    }

    private void load(int day, int number) {
        session.sql("SELECT " + number + " AS n, DATE'" + SliceLedgerIT.day(day).name() + "' AS day")
                .write()
                .format("delta")
                .mode("append")
                .save(folder.resolve("source").toString());
    }

    private PipegraphPlan plan(String state) throws IOException {
        String text =
                """
                pipegraph {
                  name = sliced
                  STATE
                  models {
                    source { product = table, value { path = "FOLDER/source" } }
                    copy { product = table, value { path = "FOLDER/copy", partition-by = [day] } }
                  }
                  etls = [ {
                    name = of-a-day, inputs { source = source }
                    steps = [ { name = chosen, sql = "SELECT * FROM source WHERE day = :run_date" } ]
                    expectations = [ { name = positive, that = "n > 0", otherwise = fail } ]
                    outputs = [ { model = copy, replaces = "day = :run_date" } ]
                  } ]
                }
                """
                        .replace("STATE", state)
                        .replace("FOLDER", folder.toString());
        return Millrace.on(session).plan(Files.writeString(folder.resolve("sliced.conf"), text));
    }

    private PipegraphPlan plan() throws IOException {
        return plan("state = \"" + folder.resolve("state") + "\"");
    }

    private SlicedResult run(SlicedRequest request) throws IOException {
        try (Millrace millrace = Millrace.on(session)) {
            return millrace.run(plan(), request);
        }
    }

    private static List<Status> statuses(SlicedResult result) {
        return result.slices().stream().map(SliceResult::status).toList();
    }

    private List<Integer> copied() {
        return session
                .read()
                .format("delta")
                .load(folder.resolve("copy").toString())
                .orderBy("day", "n")
                .collectAsList()
                .stream()
                .map(row -> row.<Integer>getAs("n"))
                .toList();
    }

    @Test
    void oneThatFailsIsTriedAgainAloneAndTheOthersAreSkipped() throws IOException {
        load(1, 10);
        load(2, -20);
        load(3, 30);

        SlicedResult first = run(SlicedRequest.of(days(3)));
        assertThat(statuses(first)).containsExactly(Status.DONE, Status.FAILED, Status.DONE);
        assertThat(first.done()).isFalse();
        assertThatThrownBy(first::orThrow).isInstanceOf(MillraceException.class).hasMessageContaining("positive");
        assertThat(copied()).containsExactly(10, 30);

        session.sql("UPDATE delta.`" + folder.resolve("source") + "` SET n = 20 WHERE n = -20");
        SlicedResult second = run(SlicedRequest.of(days(3)));
        assertThat(statuses(second)).containsExactly(Status.DONE_BEFORE, Status.DONE, Status.DONE_BEFORE);
        assertThat(second.slices().get(1).entry())
                .extracting(SliceEntry::attempt)
                .isEqualTo(2);
        assertThat(second.slices().get(1).runId())
                .isEqualTo(first.slices().get(1).runId());
        assertThat(copied()).containsExactly(10, 20, 30);
    }

    @Test
    void whatIsDoneIsDoneAgainWhereThatIsAskedFor() throws IOException {
        load(1, 10);
        run(SlicedRequest.of(days(1))).orThrow();
        load(1, 11);

        assertThat(statuses(run(SlicedRequest.of(days(1))))).containsExactly(Status.DONE_BEFORE);
        assertThat(copied()).containsExactly(10);
        assertThat(statuses(run(new SlicedRequest(days(1), 1, true)))).containsExactly(Status.DONE);
        assertThat(copied()).containsExactly(10, 11);
    }

    @Test
    @Tag("thorough")
    void twoWhoRunTheSameSlicesShareThem() throws Exception {
        for (int day = 1; day <= 4; day++) {
            load(day, day);
        }
        PipegraphPlan plan = plan();
        Callable<SlicedResult> runner = () -> {
            try (Millrace millrace = Millrace.on(session)) {
                return millrace.run(plan, new SlicedRequest(days(4), 1, false));
            }
        };

        List<SlicedResult> results = ConcurrentWork.all(List.of(runner, runner));

        List<Slice> done = new ArrayList<>();
        results.forEach(result -> result.having(Status.DONE).forEach(slice -> done.add(slice.slice())));
        assertThat(done).containsExactlyInAnyOrderElementsOf(days(4));
        assertThat(copied()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void oneThatSomebodyIsAtIsLeftToHim() throws IOException {
        load(1, 10);
        load(2, 20);
        PipegraphPlan plan = plan();
        try (SliceLedger other = SliceLedger.open(session, plan.sliceLedger(), "sliced")) {
            assertThat(other.claim(SliceLedgerIT.day(1), null)).isInstanceOf(Claimed.Ours.class);

            assertThat(statuses(run(SlicedRequest.of(days(2))))).containsExactly(Status.HELD, Status.DONE);
        }
        assertThat(copied()).containsExactly(20);
    }

    @Test
    void withoutAStateFolderItIsRefused() throws IOException {
        load(1, 10);
        PipegraphPlan plan = plan("");
        assertThatThrownBy(() -> Millrace.on(session).run(plan, SlicedRequest.of(days(1))))
                .isInstanceOf(MillraceException.class)
                .hasMessage(
                        "pipegraph sliced cannot be run slice by slice: nothing remembers which are done; set pipegraph.state to a"
                                + " folder");
    }
}
