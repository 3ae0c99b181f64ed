package io.millrace.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two streams side by side in a JVM that is killed as by {@code kill -9}, again and again, while files keep coming. */
@Tag("processes")
@ExtendWith(MillraceSession.class)
class StreamCrashIT {

    private static final int KILLS = Integer.getInteger("millrace.kills", 3);

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
        Incoming incoming = new Incoming(DeliveryCheck.inFiles(folder.resolve("incoming")), random);
        Target target = new Target(session, folder);
        Reader reader = new Reader(target, incoming);
        KilledRuns runs = new KilledRuns(folder, random, List.of("pipegraph.conf"));
        incoming.deliver(3);
        for (int kill = 0; kill < KILLS; kill++) {
            incoming.deliver(3);
            runs.kill(kill, reader::read);
        }
        incoming.deliver(2);
        runs.complete();

        target.assertComplete(incoming);
        // Spark notes a file before it notes the batch: a kill in between puts that file and the next one into one
        // batch.
        List<Map<Long, Event>> states = target.history().stream().distinct().toList();
        assertThat(incoming.states()).containsSubsequence(states);
        assertThat(states).hasSizeGreaterThanOrEqualTo(incoming.states().size() - KILLS);
        reader.read();
        assertThat(reader.reads()).isGreaterThan(KILLS);
    }
}
