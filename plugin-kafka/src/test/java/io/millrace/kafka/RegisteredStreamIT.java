package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.broker.KafkaCluster;
import io.millrace.broker.RegistryServer;
import io.millrace.config.MillraceException;
import io.millrace.kafka.FaultyRegistry.Fault;
import io.millrace.run.EtlResult;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import io.millrace.testkit.MillraceKafka;
import io.millrace.testkit.MillraceRegistry;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.RegisteredAvro;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Streams of records that name their schema: every offset is in one place, however schemas and the registry change meanwhile. */
@ExtendWith({MillraceSession.class, MillraceKafka.class, MillraceRegistry.class})
@ResourceLock(MillraceRegistry.IDS)
@Tag("processes")
class RegisteredStreamIT {

    private static final String AVAILABLE = "trigger = available-now";
    private static final String ORDER_WITH_PRICE = RegisteredAvroIT.ORDER.replace(
            "] }", ", { \"name\": \"price\", \"type\": \"double\", \"default\": 0.5 } ] }");

    private final SparkSession spark;
    private final KafkaCluster broker;
    private final RegistryServer registry;
    private final String topic = MillraceKafka.topic("orders");
    private final RegisteredAvro order;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    RegisteredStreamIT(SparkSession spark, KafkaCluster broker, RegistryServer registry) {
        this.spark = spark;
        this.broker = broker;
        this.registry = registry;
        this.order = registered(RegisteredAvroIT.ORDER);
        broker.createTopic(topic, 1);
    }

    @Test
    void aSchemaThatIsRegisteredMeanwhileIsUsedWithoutARestart() {
        send(order.value(Map.of("id", 1L)));
        AtomicReference<PipegraphRunner> runner = new AtomicReference<>();
        RunListener listener = new RunListener() {
            private int batches;

            @Override
            public void batchFinished(EtlResult batch) {
                if (++batches == 1) {
                    RegisteredAvro changed = registered(ORDER_WITH_PRICE);
                    send(changed.value(Map.of("id", 2L, "price", 9.5)), order.value(Map.of("id", 3L)));
                } else {
                    runner.get().stop();
                }
            }
        };
        runner.set(stream()
                .runner(RegisteredStream.registry(registry.url()), "trigger = continuous", RunRequest.all(), listener));

        EtlResult result = runner.get().run().etls().get(0);

        assertThat(result.inputs().get(0).decoded()).isEqualTo(3);
        assertThat(result.deadLetters()).isZero();
        assertThat(spark.read()
                        .option("mergeSchema", true)
                        .parquet(folder.resolve("kept").toString())
                        .orderBy("id")
                        .select("id", "price")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[1,null]", "[2,9.5]", "[3,0.5]");
    }

    @Test
    void anIdThatIsUnknownForAWhileIsKnownThen() throws InterruptedException {
        int next = sendTooEarly();

        EtlResult first = run(registry.url());
        assertThat(first.inputs().get(0).undecodable()).isEqualTo(1);

        RegisteredAvro late = fresh("late");
        assertThat(late.id()).isEqualTo(next);
        TimeUnit.SECONDS.sleep(2); // it is not asked for at every batch
        send(late.value(Map.of("id", 3L)));
        EtlResult second = run(registry.url());

        assertThat(second.inputs().get(0).decoded()).isEqualTo(1);
        assertThat(stream().ids()).containsExactly(2L, 3L);
        assertThat(stream().dead()).containsExactly("0 UNKNOWN_SCHEMA_ID " + next);
    }

    /** What was bad when its batch was committed stays bad when the batch is repeated: else it would be in no place at all. */
    @Test
    void aBatchThatIsRepeatedFindsWhatItFound() throws Exception {
        int next = sendTooEarly();
        Path inTheWay = Files.writeString(folder.resolve("dead"), "no folder");
        assertThatThrownBy(() -> run(registry.url())).isInstanceOf(MillraceException.class);
        assertThat(stream().ids()).as("the good part is committed").containsExactly(2L);

        Files.delete(inTheWay);
        RegisteredAvro late = fresh("late");
        assertThat(late.id()).isEqualTo(next);
        TimeUnit.SECONDS.sleep(2);
        EtlResult repeated = run(registry.url());

        assertThat(repeated.outputs().get(0).replayed()).isEqualTo(1);
        assertThat(stream().ids()).containsExactly(2L);
        assertThat(stream().dead()).containsExactly("0 UNKNOWN_SCHEMA_ID " + next);
    }

    @Test
    void aRegistryThatGoesAwayStopsTheStreamAndBlamesNoRecord() {
        send(order.value(Map.of("id", 1L)));
        try (FaultyRegistry faulty = new FaultyRegistry(registry)) {
            run(faulty.url());
            send(order.value(Map.of("id", 2L)));
            Fault down = new Fault(503, 0);
            faulty.faults(down, down, down);

            assertThatThrownBy(() -> run(faulty.url()))
                    .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                            .isEqualTo(MillraceException.Kind.EXTERNAL))
                    .hasMessageContaining("GET " + faulty.url() + "/subjects/" + topic
                            + "-value/versions/latest: status 503: out of order (tried 3 times)");
            run(faulty.url());
        }

        assertThat(stream().ids()).containsExactly(1L, 2L);
        assertThat(stream().deadLetters()).doesNotExist();
    }

    @Test
    void aBatchRunThatIsResumedFindsWhatItFound() throws Exception {
        int next = sendTooEarly();
        Path inTheWay = Files.writeString(folder.resolve("dead"), "no folder");
        assertThatThrownBy(() -> run(registry.url(), "", RunRequest.all())).isInstanceOf(MillraceException.class);

        Files.delete(inTheWay);
        RegisteredAvro late = fresh("late");
        assertThat(late.id()).isEqualTo(next);
        run(registry.url(), "", RunRequest.all().resuming());

        assertThat(stream().ids()).containsExactly(2L);
        assertThat(stream().dead()).containsExactly("0 UNKNOWN_SCHEMA_ID " + next);
        assertThat(folder.resolve("state/lookups/orders")).isEmptyDirectory();
    }

    /** Sends a record whose schema the registry does not know yet, and one whose schema it does; returns the id it will have. */
    private int sendTooEarly() {
        int next = fresh("filler").id() + 1;
        send(RegisteredAvro.withId(order.value(Map.of("id", 1L)), next), order.value(Map.of("id", 2L)));
        return next;
    }

    /** Registers a schema with a field no other has; it gets the next id. */
    private RegisteredAvro fresh(String name) {
        String field = name + topic.replace('-', '_');
        return RegisteredAvro.in(registry, topic + "-" + name, RegisteredAvroIT.ORDER.replace("text", field));
    }

    private RegisteredAvro registered(String schema) {
        return RegisteredAvro.in(registry, topic + "-value", schema);
    }

    private RegisteredStream stream() {
        return new RegisteredStream(spark, broker, topic, folder);
    }

    private void send(byte[]... values) {
        stream().send(values);
    }

    private EtlResult run(String url) {
        RunResult result = run(url, AVAILABLE, RunRequest.all());
        assertThat(result.etls()).hasSize(1);
        return result.etls().get(0);
    }

    private RunResult run(String url, String trigger, RunRequest request) {
        return stream()
                .runner(RegisteredStream.registry(url), trigger, request, RunListener.NONE)
                .run();
    }
}
