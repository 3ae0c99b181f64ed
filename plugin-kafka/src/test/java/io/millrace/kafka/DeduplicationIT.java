package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.KafkaCluster;
import io.millrace.config.HoconReader;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.testkit.MillraceKafka;
import io.millrace.testkit.MillraceSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Events that come twice, within a batch and after a restart. */
@ExtendWith({MillraceSession.class, MillraceKafka.class})
class DeduplicationIT {

    private final SparkSession spark;
    private final KafkaCluster broker;
    private final String topic = MillraceKafka.topic("raw");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    DeduplicationIT(SparkSession spark, KafkaCluster broker) {
        this.spark = spark;
        this.broker = broker;
        broker.createTopic(topic, 2);
        Stream.of("unique", "duplicate", "malformed").forEach(name -> broker.createTopic(topic + "-" + name, 1));
    }

    @Test
    void anEventThatComesAgainIsFoundInItsBatchAndAfterARestart() {
        String a = "{\"mid\":\"a\",\"ets\":1.515E12,\"context\":{\"did\":\"d1\",\"pdata\":{\"id\":\"app\"}}}";
        String checked =
                "{\"mid\":\"other\",\"metadata\":{\"checksum\":\"a\"},\"dimensions\":{\"did\":\"d2\"},\"context\":{\"did\":\"d9\",\"pdata\":{\"id\":\"app\"}}}";
        send(0, a, "{\"eid\":\"X\"}", "no JSON", a, "[1]");
        run("");
        assertThat(texts("unique"))
                .containsExactlyInAnyOrder(
                        "d1 " + with(a, "\"dd_processed\":true"),
                        "null {\"eid\":\"X\",\"flags\":{\"dd_processed\":false,\"dd_checksum_present\":false}}");
        assertThat(texts("duplicate"))
                .containsExactly("d1 " + with(a, "\"dd_processed\":false,\"dd_duplicate_event\":true"));
        assertThat(texts("malformed")).containsExactlyInAnyOrder("null no JSON", "null [1]");

        send(1, checked, "{\"mid\":\"b\",\"flags\":{\"x\":1},\"context\":{\"did\":\"d3\",\"pdata\":{\"id\":\"app\"}}}");
        run("");
        assertThat(texts("duplicate"))
                .containsExactlyInAnyOrder(
                        "d1 " + with(a, "\"dd_processed\":false,\"dd_duplicate_event\":true"),
                        "d2 " + with(checked, "\"dd_processed\":false,\"dd_duplicate_event\":true"));
        assertThat(texts("unique"))
                .contains(
                        "d3 {\"mid\":\"b\",\"flags\":{\"x\":1,\"dd_processed\":true},\"context\":{\"did\":\"d3\",\"pdata\":{\"id\":\"app\"}}}");
    }

    @Tag("thorough")
    @Test
    void onlyEventsOfTheProducersAreLookedForAndOnlyAsLongAsTheyAreRemembered() throws InterruptedException {
        String other = "{\"mid\":\"a\",\"context\":{\"did\":\"d1\",\"pdata\":{\"id\":\"other\"}}}";
        String ours = "{\"mid\":\"b\",\"context\":{\"did\":\"d2\",\"pdata\":{\"id\":\"ours\"}}}";
        send(0, other, other, ours);
        run("configuration { producers = [ours], time-to-live = 1ms }");
        assertThat(texts("unique"))
                .containsExactlyInAnyOrder(
                        "d1 " + with(other, "\"dd_processed\":false"),
                        "d1 " + with(other, "\"dd_processed\":false"),
                        "d2 " + with(ours, "\"dd_processed\":true"));

        Thread.sleep(5);
        send(0, "{\"mid\":\"c\",\"context\":{\"pdata\":{\"id\":\"ours\"}}}"); // a batch in which b is forgotten
        run("configuration { producers = [ours], time-to-live = 1ms }");
        send(0, ours);
        run("configuration { producers = [ours], time-to-live = 1ms }");
        assertThat(texts("unique").stream().filter(event -> event.startsWith("d2")))
                .hasSize(2);
        assertThat(texts("duplicate")).isEmpty();
    }

    private static String with(String event, String flags) {
        return event.substring(0, event.length() - 1) + ",\"flags\":{" + flags + "}}";
    }

    private void send(int partition, String... values) {
        broker.send(Stream.of(values)
                .map(value -> new ProducerRecord<byte[], byte[]>(
                        topic, partition, null, value.getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    private List<String> texts(String name) {
        return broker.read(topic + "-" + name).stream()
                .map(record -> text(record.key()) + " " + text(record.value()))
                .toList();
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
    }

    private void run(String configuration) {
        new PipegraphRunner(spark, plan(configuration), RunRequest.all(), RunListener.NONE).run();
    }

    private PipegraphPlan plan(String configuration) {
        String text =
                """
                pipegraph {
                  name = dedup
                  state = "%1$s/state"
                  models {
                    raw { product = kafka, value { bootstrap-servers = "%2$s", topic = %3$s, decode { format = binary } } }
                    unique { product = kafka, value { bootstrap-servers = "%2$s", topic = %3$s-unique, key = did, encode { format = binary } } }
                    duplicate { product = kafka, value { bootstrap-servers = "%2$s", topic = %3$s-duplicate, key = did, encode { format = binary } } }
                    malformed { product = kafka, value { bootstrap-servers = "%2$s", topic = %3$s-malformed, encode { format = binary } } }
                  }
                  etls = [ { name = dedup, inputs { events = raw }, trigger = available-now
                    steps = [ { name = marked, strategy = "io.millrace.kafka.Deduplication", %4$s } ]
                    outputs = [ { model = unique, where = "status = 'unique'" }, { model = duplicate, where = "status = 'duplicate'" },
                      { model = malformed, where = "status = 'malformed'" } ] } ]
                }
                """
                        .formatted(folder, broker.bootstrapServers(), topic, configuration);
        return new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(
                        HoconReader.parse("dedup.conf", text.replace("Deduplication\", }", "Deduplication\" }"))));
    }
}
