package io.millrace.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.Main;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command line, asked to end as by {@code kill}. */
@Tag("processes")
@ExtendWith(MillraceSession.class)
class GracefulStopIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final SparkSession session;

    GracefulStopIT(SparkSession session) {
        this.session = session;
    }

    @BeforeEach
    void forgetTables() {
        CrashRun.forgetTables(session);
    }

    @Test
    void theBatchAtHandIsFinishedAndNotedAndTheRestIsForTheNextRun() throws Exception {
        Incoming incoming = new Incoming(DeliveryCheck.inFiles(folder.resolve("incoming")), new Random(12));
        incoming.deliver(6);
        String[] command = {
            "run",
            CrashRun.file().toString(),
            "--json",
            "--set",
            "folder=" + folder,
            "--set",
            "trigger=continuous",
            "--spark-master",
            "local[2]",
            "--spark-conf",
            "spark.sql.warehouse.dir=" + folder.resolve("warehouse")
        };
        try (ChildJvm child = ChildJvm.start(Main.class, command)) {
            child.awaitLine("\"type\":\"batch\"", LIMIT);
            child.terminate();

            assertThat(child.awaitExit(LIMIT))
                    .as("exit code; %s", child.output())
                    .isZero();
        }

        RunResult rest = CrashRun.run(session, folder, "available-now", RunRequest.all(), RunListener.NONE);

        new Target(session, folder).assertComplete(incoming);
        assertThat(rest.etls()).allSatisfy(etl -> {
            assertThat(etl.batches()).isLessThan(6);
            assertThat(etl.outputs()).allMatch(output -> output.replayed() == 0);
        });
    }
}
