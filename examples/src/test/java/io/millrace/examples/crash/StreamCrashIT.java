package io.millrace.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two streams side by side in a JVM that is killed as by {@code kill -9}, again and again, while files keep coming. */
@ExtendWith(MillraceSession.class)
class StreamCrashIT {

    private static final int KILLS = Integer.getInteger("millrace.kills", 3);
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final Random random = new Random(4711);
    private final SparkSession session;

    StreamCrashIT(SparkSession session) {
        this.session = session;
    }

    @Test
    void everyRowIsThereOnceHoweverOftenTheProcessDied() throws Exception {
        Incoming incoming = new Incoming(folder.resolve("incoming"), random);
        Target target = new Target(session, folder);
        Reader reader = new Reader(target, incoming);
        incoming.deliver(3);
        for (int kill = 0; kill < KILLS; kill++) {
            incoming.deliver(3);
            if (kill % 3 == 0) {
                killBetweenCommitAndCheckpoint(kill % 2 == 0 ? "upsert" : "keep", reader);
            } else {
                killSomewhen(reader);
            }
        }
        incoming.deliver(2);
        try (ChildJvm last = ChildJvm.start(CrashRun.class, folder.toString(), "available-now", "none", "0")) {
            assertThat(last.awaitExit(LIMIT)).as("exit code; %s", last.output()).isZero();
        }

        target.assertComplete(incoming);
        assertThat(target.history().stream().distinct()).isEqualTo(incoming.states());
        reader.read();
        assertThat(reader.reads()).isGreaterThan(KILLS);
    }

    private void killBetweenCommitAndCheckpoint(String etl, Reader reader) throws InterruptedException {
        int batch = 1 + random.nextInt(2);
        try (ChildJvm child = ChildJvm.start(CrashRun.class, folder.toString(), "continuous", etl, "" + batch)) {
            child.awaitLine("staying", LIMIT);
            reader.read();
            child.kill();
        }
    }

    /** Anywhere from the opening of the session to the end of the last batch. */
    private void killSomewhen(Reader reader) throws InterruptedException {
        try (ChildJvm child = ChildJvm.start(CrashRun.class, folder.toString(), "continuous", "none", "0")) {
            child.awaitLine(random.nextInt(4) == 0 ? "session open" : "batch of", LIMIT);
            long end = System.nanoTime() + random.nextInt(4_000) * 1_000_000L;
            do {
                reader.read();
            } while (System.nanoTime() < end);
            child.kill();
        }
    }
}
