package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.broker.KafkaBroker;
import io.millrace.broker.KafkaCluster;
import io.millrace.broker.RegistryServer;
import io.millrace.config.MillraceException;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.testkit.MillraceKafka;
import io.millrace.testkit.MillraceRegistry;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.RegisteredAvro;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Streams of records that name their schema, while the broker or the registry is killed: none is lost, none is there twice, none is blamed. */
@ExtendWith({MillraceSession.class, MillraceKafka.class, MillraceRegistry.class})
@ResourceLock(value = MillraceRegistry.IDS, mode = ResourceAccessMode.READ)
@Tag("processes")
class RegisteredOutageIT {

    private final SparkSession spark;
    private final String topic = MillraceKafka.topic("orders");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    RegisteredOutageIT(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void aBatchOutlivesARestartOfTheBrokerWhileTheRegistryTakesItsTime(RegistryServer registry) throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"));
                FaultyRegistry slow = new FaultyRegistry(registry)) {
            broker.createTopic(topic, 2);
            RegisteredStream stream = new RegisteredStream(spark, broker, topic, folder);
            RegisteredAvro order = registered(registry, RegisteredAvroIT.ORDER);
            send(stream, order, 0, 100);
            try (RunningStream running =
                    new RunningStream(stream, "url = \"" + slow.url() + "\", request-timeout = 1m")) {
                running.awaitKept(100);
                slow.hold();
                send(stream, order, 100, 200);
                slow.awaitRequest();
                broker.stop();
                RegisteredAvro changed = registered(registry, RegisteredAvroIT.ORDER_WITH_PRICE);
                broker.restart();
                slow.goOn();
                running.awaitKept(1);
                send(stream, changed, 200, 300);
                running.awaitKept(199);
            }
            assertThat(stream.ids())
                    .containsExactlyElementsOf(LongStream.range(0, 300).boxed().toList());
            assertThat(stream.deadLetters()).doesNotExist();
        }
    }

    @Test
    void aRegistryThatIsKilledEndsTheStreamOrIsWaitedFor(KafkaCluster broker) throws Exception {
        broker.createTopic(topic, 2);
        RegisteredStream stream = new RegisteredStream(spark, broker, topic, folder);
        try (RegistryServer registry = RegistryServer.start(folder.resolve("registry.log"));
                FaultyRegistry front = new FaultyRegistry(registry)) {
            String soon = RegisteredStream.registry(registry.url());
            RegisteredAvro order = registered(registry, RegisteredAvroIT.ORDER);
            send(stream, order, 0, 100);
            try (RunningStream impatient = new RunningStream(stream, soon)) {
                impatient.awaitKept(100);
                registry.stop();
                send(stream, order, 100, 200);
                assertThatThrownBy(impatient::result)
                        .cause()
                        .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                                .isEqualTo(MillraceException.Kind.EXTERNAL))
                        .hasMessage("GET " + registry.url() + "/subjects/" + topic
                                + "-value/versions/latest: no connection: ConnectException (tried 3 times)");
            }

            registry.restart(); // without the schemas it had
            assertThatThrownBy(() -> stream.runner(soon, "trigger = available-now", RunRequest.all(), RunListener.NONE)
                            .run())
                    .hasMessage("the schema registry at " + registry.url() + " no longer has schema " + order.id()
                            + ", with which records were written; give it back its schemas, or set url to the one that"
                            + " has them");

            front.goAway();
            try (RunningStream patient =
                    new RunningStream(stream, "url = \"" + front.url() + "\", retries = 10000, retry-pause = 10ms")) {
                front.awaitRequest();
                assertThat(registered(registry, RegisteredAvroIT.ORDER)).isEqualTo(order);
                RegisteredAvro changed = registered(registry, RegisteredAvroIT.ORDER_WITH_PRICE);
                send(stream, changed, 200, 300);
                front.comeBack();
                patient.awaitKept(200);
            }
        }
        assertThat(stream.ids())
                .containsExactlyElementsOf(LongStream.range(0, 300).boxed().toList());
        assertThat(stream.deadLetters()).doesNotExist();
    }

    private RegisteredAvro registered(RegistryServer registry, String schema) {
        return RegisteredAvro.in(registry, topic + "-value", schema);
    }

    private static void send(RegisteredStream stream, RegisteredAvro order, int from, int to) {
        stream.send(LongStream.range(from, to)
                .mapToObj(id -> order.value(Map.of("id", id)))
                .toArray(byte[][]::new));
    }
}
