package io.millrace.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.KafkaCluster;
import io.millrace.testkit.MillraceKafka;
import io.millrace.testkit.MillraceSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two streams into every sink there is, in a JVM that is killed as by {@code kill -9}, again and again, while events keep coming. */
@Tag("processes")
@ExtendWith({MillraceSession.class, MillraceKafka.class})
class EverySinkCrashIT {

    private static final int KILLS = Integer.getInteger("millrace.kills", 3);
    private static final int PARTITIONS = 2;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final SparkSession session;
    private final KafkaCluster broker;
    private final String sent = MillraceKafka.topic("every-sink");

    EverySinkCrashIT(SparkSession session, KafkaCluster broker) {
        this.session = session;
        this.broker = broker;
        broker.createTopic(sent, PARTITIONS);
    }

    @Test
    void whatComesInFilesIsInEverySinkAsOftenAsItPromises() throws Exception {
        Incoming incoming = new Incoming(DeliveryCheck.inFiles(folder.resolve("incoming")), new Random(4713));
        killed(incoming, List.of("every-sink.conf", "bootstrap-servers=" + broker.bootstrapServers(), "sent=" + sent));
        assertComplete(incoming);
    }

    @Test
    void whatComesInATopicIsInEverySinkAsOftenAsItPromises() throws Exception {
        String topic = MillraceKafka.topic("crash-every-sink");
        broker.createTopic(topic, PARTITIONS);
        Incoming incoming = new Incoming((number, lines) -> send(topic, number, lines), new Random(816));
        killed(
                incoming,
                List.of(
                        "every-sink-from-topic.conf",
                        "bootstrap-servers=" + broker.bootstrapServers(),
                        "sent=" + sent,
                        "topic=" + topic));
        assertComplete(incoming);
    }

    private void killed(Incoming incoming, List<String> source) throws InterruptedException {
        KilledRuns runs = new KilledRuns(folder, new Random(4714), source);
        incoming.deliver(2);
        for (int kill = 0; kill < KILLS; kill++) {
            incoming.deliver(2);
            runs.kill(kill, () -> {});
        }
        incoming.deliver(1);
        runs.complete();
    }

    private void send(String topic, int number, List<String> lines) {
        broker.send(IntStream.range(0, lines.size())
                .mapToObj(i -> new ProducerRecord<byte[], byte[]>(
                        topic, (number + i) % PARTITIONS, null, lines.get(i).getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    private void assertComplete(Incoming incoming) {
        List<Event> good = incoming.good();
        assertThat(events(read("parquet", "parquet-entity")))
                .as("Parquet entity")
                .isEqualTo(good);
        assertThat(events(read("delta", "delta-entity"))).as("Delta entity").isEqualTo(good);
        assertThat(events(read("delta", "table"))).as("table").isEqualTo(good);
        assertThat(events(iceberg("events"))).as("Iceberg table").isEqualTo(good);
        assertThat(ids(read("json", "files").collectAsList().stream().map(row -> row.<Long>getAs("event_id"))))
                .as("files")
                .isEqualTo(ids(good.stream().map(Event::eventId)));
        assertThat(latest(read("delta", "delta-upsert")))
                .as("upserts into Delta")
                .isEqualTo(lastState(incoming));
        assertThat(latest(iceberg("orders"))).as("upserts into Iceberg").isEqualTo(lastState(incoming));
        assertThat(read("parquet", "rejected").filter("etl = 'keep'").count())
                .as("dead letters")
                .isEqualTo(incoming.broken().size() + incoming.bad().size());
        assertThat(read("parquet", "rejected").filter("etl = 'upsert'").count())
                .isEqualTo(incoming.broken().size());
        Set<Long> records = new HashSet<>();
        broker.read(sent)
                .forEach(record -> records.add(Long.parseLong(new String(record.value(), StandardCharsets.UTF_8)
                        .replaceAll(".*\"event_id\":(\\d+).*", "$1"))));
        assertThat(records)
                .as("topic, each at least once")
                .isEqualTo(new HashSet<>(ids(good.stream().map(Event::eventId))));
    }

    private Dataset<Row> read(String format, String name) {
        return session.read().format(format).load(folder.resolve(name).toString());
    }

    private Dataset<Row> iceberg(String table) {
        SparkSession own = session.newSession();
        String catalog = "spark.sql.catalog.crashlake"; // its tables are known by the name of their catalog
        own.conf().set(catalog, "org.apache.iceberg.spark.SparkCatalog");
        own.conf().set(catalog + ".type", "jdbc");
        own.conf().set(catalog + ".uri", "jdbc:sqlite:" + folder.resolve("iceberg/iceberg.db"));
        own.conf().set(catalog + ".jdbc.schema-version", "V1");
        own.conf().set(catalog + ".warehouse", folder.resolve("iceberg").toString());
        return own.table("crashlake.shop." + table);
    }

    private static List<Event> events(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .map(Event::of)
                .sorted(Comparator.comparingLong(Event::eventId))
                .toList();
    }

    private static List<Long> ids(Stream<Long> ids) {
        return ids.sorted().toList();
    }

    private static Map<Long, Long> lastState(Incoming incoming) {
        Map<Long, Long> latest = new TreeMap<>();
        incoming.lastState().forEach((order, event) -> latest.put(order, event.eventId()));
        return latest;
    }

    private static Map<Long, Long> latest(Dataset<Row> rows) {
        Map<Long, Long> latest = new TreeMap<>();
        for (Row row : rows.collectAsList()) {
            assertThat(latest.put(row.getAs("order_id"), row.getAs("event_id")))
                    .as("a second row of order " + row.getAs("order_id"))
                    .isNull();
        }
        return latest;
    }
}
