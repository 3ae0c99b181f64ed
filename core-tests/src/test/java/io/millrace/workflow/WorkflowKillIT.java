package io.millrace.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Millrace;
import io.millrace.internal.ledger.Ledger;
import io.millrace.internal.ledger.LedgerEntry;
import io.millrace.internal.state.StateFolder;
import io.millrace.run.OutputNumbers;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.MillraceSession;
import io.millrace.workflow.JobResult.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed in the middle of a workflow; another one completes it. */
@Tag("processes")
@ExtendWith(MillraceSession.class)
class WorkflowKillIT {

    private static final int KILLS = Integer.getInteger("millrace.kills", 3);
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final SparkSession session;
    private final Path folder;

    WorkflowKillIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(
                folder.resolve("load.conf"),
                """
                pipegraph {
                  name = load
                  models {
                    in    { product = values, value { schema = "id INT", rows = [ { id = 1 }, { id = 2 }, { id = 3 } ] } }
                    delta { product = table, value { path = "%1$s/delta" } }
                    files { product = files, value { path = "%1$s/files" } }
                  }
                  etls = [
                    { name = one, inputs { v = in }, output = delta }
                    { name = two, inputs { v = in }, output = files }
                  ]
                }
                """
                        .formatted(folder));
        Files.writeString(
                folder.resolve("w.conf"),
                """
                workflow { name = w, state = "%s/state"
                  jobs = [
                    { name = first, file = "load.conf" }
                    { name = second, file = "load.conf", after = first }
                    { name = third, file = "load.conf", after = second }
                  ] }
                """
                        .formatted(folder));
    }

    private WorkflowResult complete() {
        try (Millrace millrace = Millrace.on(session)) {
            return millrace.run(
                    WorkflowProcess.plan(folder.resolve("w.conf"), millrace),
                    WorkflowRequest.all(),
                    WorkflowListener.NONE);
        }
    }

    private long rows(String format) {
        return session.read()
                .format(format)
                .load(folder.resolve(format.equals("delta") ? "delta" : "files").toString())
                .count();
    }

    @Test
    void whatWasCommittedIsNotWrittenAgain() throws InterruptedException {
        try (ChildJvm child =
                ChildJvm.start(WorkflowProcess.class, folder.resolve("w.conf").toString(), "second", "one")) {
            child.awaitLine("stands still;", LIMIT);
            child.kill();
        }

        WorkflowResult result = complete();

        assertThat(result.jobs()).extracting(JobResult::job).containsExactly("first", "second", "third");
        assertThat(result.jobs())
                .extracting(JobResult::status)
                .containsExactly(Status.DONE_BEFORE, Status.DONE, Status.DONE);
        assertThat(result.job("second").etls().stream()
                        .flatMap(etl -> etl.outputs().stream())
                        .map(OutputNumbers::replayed))
                .isEqualTo(List.of(1L, 0L));
        assertThat(rows("delta")).isEqualTo(9);
        assertThat(rows("parquet")).isEqualTo(9);
        assertThat(complete().jobs()).extracting(JobResult::status).containsOnly(Status.DONE);
        assertThat(rows("delta")).isEqualTo(18);
    }

    /** Each run that is through has written all its rows once, whoever began it and whoever ended it. */
    @Test
    void howeverOftenItIsKilledEachRunWritesItsRowsOnce() throws InterruptedException {
        Random random = new Random(17);
        for (int kill = 0; kill < KILLS; kill++) {
            try (ChildJvm child = ChildJvm.start(
                    WorkflowProcess.class, folder.resolve("w.conf").toString(), "none", "none")) {
                child.awaitLine(random.nextBoolean() ? "ended " : "running;", LIMIT);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(6_000)); // anywhere until it is through
                child.kill();
            }
        }

        complete();

        long through =
                Ledger.ofWorkflow(
                                new StateFolder(
                                        session, folder.resolve("state/w").toString()),
                                "w")
                        .list()
                        .stream()
                        .filter(LedgerEntry::done)
                        .count();
        assertThat(through).isPositive();
        assertThat(rows("delta")).isEqualTo(9 * through);
        assertThat(rows("parquet")).isEqualTo(9 * through);
    }
}
