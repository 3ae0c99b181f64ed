package io.millrace.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.KafkaBroker;
import io.millrace.broker.RegistryServer;
import io.millrace.testkit.MillraceKafka;
import io.millrace.testkit.MillraceRegistry;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two streams that read a topic whose schemas are in a registry, in a JVM that is killed as by {@code kill -9}, again and again, while messages are
 * sent to it, one in a hundred of them bad, and while a new schema is registered.
 */
@Tag("processes")
@ExtendWith({MillraceSession.class, MillraceKafka.class, MillraceRegistry.class})
class RegistryCrashIT {

    private static final int KILLS = Integer.getInteger("millrace.registry-kills", 3);
    private static final int PARTITIONS = 3;
    private static final int DELIVERIES_PER_KILL = 10;
    private static final int MESSAGES_AT_ONCE = 667;
    private static final int MILLIS_BETWEEN_DELIVERIES = 1_000;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final String topic = MillraceKafka.topic("registered");
    private final SparkSession session;

    RegistryCrashIT(SparkSession session) {
        this.session = session;
    }

    @Test
    void everyOffsetIsInOnePlaceHoweverOftenTheProcessDied(KafkaBroker broker, RegistryServer registry)
            throws Exception {
        broker.createTopic(topic, PARTITIONS);
        int deliveries = KILLS * DELIVERIES_PER_KILL;
        RegisteredEvents events = new RegisteredEvents(registry, topic + "-value", deliveries / 2);
        KilledRuns runs = new KilledRuns(
                folder,
                new Random(4712),
                List.of(
                        "registry.conf",
                        "bootstrap-servers=" + broker.bootstrapServers(),
                        "registry=" + registry.url(),
                        "topic=" + topic));
        Semaphore allowed = new Semaphore(0);
        ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
        try {
            Future<?> sending = sender.scheduleAtFixedRate(
                    () -> send(broker, events, allowed), 0, MILLIS_BETWEEN_DELIVERIES, TimeUnit.MILLISECONDS);
            for (int kill = 0; kill < KILLS; kill++) {
                allowed.release(DELIVERIES_PER_KILL);
                runs.kill(kill, () -> {});
            }
            while (events.deliveries() < deliveries) {
                assertThat(sending.isDone()).as("whether sending failed").isFalse();
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } finally {
            sender.shutdown();
            assertThat(sender.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }

        runs.complete();

        List<String> sent = Places.in(broker, topic);
        assertThat(sent).hasSize(deliveries * MESSAGES_AT_ONCE);
        Dataset<Row> kept = session.read().parquet(folder.resolve("events").toString());
        Dataset<Row> rejected =
                session.read().parquet(folder.resolve("rejected").toString());
        List<String> good = Places.of(kept);
        List<String> bad = Places.of(rejected.filter("etl = 'keep'"));
        assertThat(Stream.concat(good.stream(), bad.stream()).sorted().toList()).isEqualTo(sent);
        assertThat(bad).hasSize(events.bad());
        assertThat(Places.of(rejected.filter("etl = 'upsert'"))).isEqualTo(bad);
        assertThat(kept.select("event_id").orderBy("event_id").collectAsList().stream()
                        .map(row -> row.getLong(0))
                        .toList())
                .isEqualTo(events.good());
        assertThat(latest()).isEqualTo(events.latest());
    }

    private void send(KafkaBroker broker, RegisteredEvents events, Semaphore allowed) {
        if (allowed.tryAcquire()) {
            List<byte[]> values = events.next(MESSAGES_AT_ONCE);
            broker.send(Stream.iterate(0, i -> i < values.size(), i -> i + 1)
                    .map(i -> new ProducerRecord<byte[], byte[]>(topic, i % PARTITIONS, null, values.get(i)))
                    .toList());
        }
    }

    private Map<Long, Long> latest() {
        Map<Long, Long> latest = new TreeMap<>();
        for (Row row : session.read()
                .format("delta")
                .load(folder.resolve("orders").toString())
                .select("order_id", "event_id")
                .collectAsList()) {
            assertThat(latest.put(row.getLong(0), row.getLong(1))).isNull();
        }
        return latest;
    }
}
