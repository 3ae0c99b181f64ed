package io.millrace.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.KafkaCluster;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.MillraceKafka;
import io.millrace.testkit.MillraceSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Replays of dead letters that are killed as by {@code kill -9}: each letter is in the outputs once, or a dead letter again. */
@Tag("processes")
@ExtendWith({MillraceSession.class, MillraceKafka.class})
class ReplayCrashIT {

    static final String MENDED = "id STRING";

    private static final String WRONG = "id BIGINT";
    private static final int KILLS = Integer.getInteger("millrace.kills", 3);
    private static final int LETTERS = 40;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final Random random = new Random(99);
    private final SparkSession session;
    private final KafkaCluster broker;
    private final String topic = MillraceKafka.topic("replayed");

    ReplayCrashIT(SparkSession session, KafkaCluster broker) {
        this.session = session;
        this.broker = broker;
        broker.createTopic(topic, 1);
    }

    @Test
    void eachLetterIsReplayedOnceHoweverOftenTheProcessDied() throws Exception {
        Path file = write();
        for (int kill = 0; kill < KILLS; kill++) {
            arrive(file, kill);
            try (ChildJvm child = ChildJvm.start(ReplayProcess.class, folder.toString(), file.toString())) {
                child.awaitLine("session open", LIMIT);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(9_000)); // anywhere from its beginning to its end
                child.kill();
            }
        }
        Map<String, String> mended = Map.of("schema", MENDED);
        while (ReplayProcess.replay(session, file, mended) > 0) {
            // those of a replay that was killed come first, then the others
        }

        assertThat(ids("delta", "table")).isEqualTo(expected());
        assertThat(ids("parquet", "files")).isEqualTo(expected());
    }

    private Path write() throws Exception {
        return Files.writeString(
                folder.resolve("replay.conf"),
                """
                schema = "set by the test"
                pipegraph {
                  name = replays, state = "%1$s/state"
                  models {
                    events { product = kafka, value { bootstrap-servers = "%2$s", topic = %3$s, decode { format = json, schema = ${schema} } } }
                    table { product = table, value { path = "%1$s/table" } }
                    files { product = files, value { path = "%1$s/files" } }
                    dead { product = files, value { path = "%1$s/dead" } }
                  }
                  etls = [ { name = keep, inputs { events = events }, outputs = [ { model = table }, { model = files } ], dead-letters = dead
                    steps = [ { name = texts, sql = "SELECT CAST(id AS STRING) AS id FROM events" } ], trigger = available-now } ]
                }
                """
                        .formatted(folder, broker.bootstrapServers(), topic));
    }

    /** Sends records of which none fits the schema, and lets them become dead letters. */
    private void arrive(Path file, int number) {
        broker.send(IntStream.range(0, LETTERS)
                .mapToObj(i -> new ProducerRecord<byte[], byte[]>(
                        topic, ("{\"id\": \"x" + (number * LETTERS + i) + "\"}").getBytes(StandardCharsets.UTF_8)))
                .toList());
        new PipegraphRunner(
                        session,
                        new Planner(PluginRegistry.ofClassPath())
                                .plan(PipegraphLoader.load(file, Map.of("schema", WRONG))),
                        RunRequest.all(),
                        RunListener.NONE)
                .run();
    }

    private List<String> ids(String format, String name) {
        return session.read().format(format).load(folder.resolve(name).toString()).select("id").collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    private static List<String> expected() {
        return LongStream.range(0, (long) KILLS * LETTERS)
                .mapToObj(i -> "x" + i)
                .sorted()
                .toList();
    }
}
