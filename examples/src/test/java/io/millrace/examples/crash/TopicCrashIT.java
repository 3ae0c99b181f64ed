package io.millrace.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.KafkaBroker;
import io.millrace.testkit.MillraceKafka;
import io.millrace.testkit.MillraceSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two streams side by side that read a topic, in a JVM that is killed as by {@code kill -9}, again and again, while events are sent to it. */
@Tag("processes")
@ExtendWith({MillraceSession.class, MillraceKafka.class})
class TopicCrashIT {

    private static final int KILLS = Integer.getInteger("millrace.kills", 3);
    private static final int PARTITIONS = 3;
    private static final int DELIVERIES_PER_KILL = 25;
    private static final int MILLIS_BETWEEN_DELIVERIES = 800;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final Random random = new Random(815);
    private final String topic = MillraceKafka.topic("crash");
    private final SparkSession session;

    TopicCrashIT(SparkSession session) {
        this.session = session;
    }

    @Test
    void everyOffsetIsThereOnceHoweverOftenTheProcessDied(KafkaBroker broker) throws Exception {
        broker.createTopic(topic, PARTITIONS);
        Incoming incoming = new Incoming((number, lines) -> send(broker, number, lines), new Random(42));
        KilledRuns runs = new KilledRuns(
                folder,
                random,
                List.of("kafka.conf", "bootstrap-servers=" + broker.bootstrapServers(), "topic=" + topic));
        Semaphore deliveries = new Semaphore(0);
        sendingAsLongAs(incoming, deliveries, () -> {
            for (int kill = 0; kill < KILLS; kill++) {
                deliveries.release(DELIVERIES_PER_KILL);
                runs.kill(kill, () -> {});
            }
        });
        incoming.deliver(1);

        runs.complete();

        Target target = new Target(session, folder);
        target.assertComplete(incoming);
        assertThat(places()).isEqualTo(Places.in(broker, topic));
    }

    private interface Runs {
        void run() throws InterruptedException;
    }

    /** Sends events steadily, as many as are allowed, until the runs are through. */
    private static void sendingAsLongAs(Incoming incoming, Semaphore deliveries, Runs runs) throws Exception {
        ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
        try {
            Future<?> sending = sender.scheduleAtFixedRate(
                    () -> incoming.deliver(deliveries.tryAcquire() ? 1 : 0),
                    0,
                    MILLIS_BETWEEN_DELIVERIES,
                    TimeUnit.MILLISECONDS);
            runs.run();
            assertThat(sending.isDone()).as("whether sending failed").isFalse();
        } finally {
            sender.shutdown();
            assertThat(sender.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private void send(KafkaBroker broker, int number, List<String> lines) {
        broker.send(IntStream.range(0, lines.size())
                .mapToObj(i -> new ProducerRecord<byte[], byte[]>(
                        topic, (number + i) % PARTITIONS, null, lines.get(i).getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    /** Returns partition and offset of every row that the first ETL wrote, to the entity or to the dead letters. */
    private List<String> places() {
        return Places.of(session.read()
                .parquet(folder.resolve("events").toString())
                .select("partition", "offset")
                .unionAll(session.read()
                        .parquet(folder.resolve("rejected").toString())
                        .filter("etl = 'keep'")
                        .select("partition", "offset")));
    }
}
