package io.millrace.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.internal.ledger.ClaimedWork;
import io.millrace.internal.ledger.Ledger;
import io.millrace.internal.state.StateFolder;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("processes")
@ExtendWith(MillraceSession.class)
class ResumedRunIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final SparkSession session;

    ResumedRunIT(SparkSession session) {
        this.session = session;
    }

    @BeforeEach
    void forgetTables() {
        CrashRun.forgetTables(session);
    }

    @Test
    void aBatchRunThatWasKilledIsResumedAndNothingIsWrittenTwice() throws Exception {
        Incoming incoming = new Incoming(DeliveryCheck.inFiles(folder.resolve("incoming")), new Random(7));
        incoming.deliver(3);
        try (ChildJvm child =
                ChildJvm.start(CrashRun.class, folder.toString(), "batch", "keep", "1", "pipegraph.conf")) {
            child.awaitLine("staying", LIMIT);
            child.kill();
        }
        String run = Ledger.ofPipegraph(
                        new StateFolder(session, folder.resolve("state").toString()), "crash")
                .unfinished(new ClaimedWork(ClaimedWork.Kind.RUN, "all"))
                .get(0)
                .id();

        assertThatThrownBy(() -> run("batch", RunRequest.all()))
                .isInstanceOf(MillraceException.class)
                .hasMessage("run " + run + " of pipegraph crash (slice all) did not finish; --resume continues it and"
                        + " writes nothing twice, --new-run leaves it and writes everything as a new run");
        RunResult resumed = run("batch", RunRequest.all().resuming());

        assertThat(resumed.runId()).isEqualTo(run);
        assertThat(resumed.etl("keep").outputs().get(0).replayed()).isEqualTo(1);
        assertThat(resumed.etl("upsert").outputs().get(0).replayed()).isZero();
        Target target = new Target(session, folder);
        target.assertComplete(incoming);
        assertThatThrownBy(() -> run("batch", RunRequest.all().resuming()))
                .isInstanceOf(MillraceException.class)
                .hasMessage("pipegraph crash has no unfinished run of slice all to resume; run it without --resume");
        target.assertComplete(incoming);
    }

    @Test
    void aStreamWhoseCheckpointWasDeletedIsRefused() throws Exception {
        Incoming incoming = new Incoming(DeliveryCheck.inFiles(folder.resolve("incoming")), new Random(8));
        incoming.deliver(1);
        run("available-now", RunRequest.all());
        Path checkpoint = folder.resolve("state/checkpoints/crash/keep");
        String stream =
                Files.readString(checkpoint.resolve("_millrace.json")).replaceAll(".*(stream-[0-9a-f-]+).*", "$1");
        delete(checkpoint);

        assertThatThrownBy(() -> run("available-now", RunRequest.all()))
                .isInstanceOf(MillraceException.class)
                .hasMessage("ETL keep: the checkpoint " + checkpoint
                        + " is new, but every-event (entity crash/events/v1: append)"
                        + " holds commits of an earlier stream of this ETL (" + stream
                        + "): everything would be read and written again. Restore the checkpoint, or empty the target,"
                        + " or accept it with --accept-new-checkpoint");

        new Target(session, folder).assertComplete(incoming);
    }

    private RunResult run(String trigger, RunRequest request) {
        return CrashRun.run(session, folder, trigger, request, RunListener.NONE);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> content;
        try (Stream<Path> walk = Files.walk(folder)) {
            content = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : content) {
            Files.delete(path);
        }
    }
}
