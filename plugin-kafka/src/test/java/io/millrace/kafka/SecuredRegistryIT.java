package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.broker.KafkaCluster;
import io.millrace.broker.RegistryServer;
import io.millrace.config.MillraceException;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import io.millrace.testkit.MillraceKafka;
import io.millrace.testkit.MillraceRegistry;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.RegisteredAvro;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Registries that are reached over TLS, and that ask who we are. */
@ExtendWith({MillraceSession.class, MillraceKafka.class, MillraceRegistry.class})
@ResourceLock(value = MillraceRegistry.IDS, mode = ResourceAccessMode.READ)
@Tag("processes")
class SecuredRegistryIT {

    private static final String BASIC = "basic-auth { user = me, password = hush-hush }";

    private final SparkSession spark;
    private final KafkaCluster broker;
    private final String topic = MillraceKafka.topic("orders");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    SecuredRegistryIT(SparkSession spark, KafkaCluster broker) {
        this.spark = spark;
        this.broker = broker;
        broker.createTopic(topic, 1);
    }

    @Test
    void aRegistryIsBelievedWhoseCertificateIsInTheTruststore() throws Exception {
        TestKey key = TestKey.make(folder, "registry");
        TestKey other = TestKey.make(folder, "other");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Map<String, String> settings = Map.of(
                "quarkus.http.ssl-port", Integer.toString(port),
                "quarkus.http.ssl.certificate.key-store-file", key.file().toString(),
                "quarkus.http.ssl.certificate.key-store-password", TestKey.PASSWORD);
        try (RegistryServer registry = RegistryServer.start(folder.resolve("registry.log"), settings)) {
            send(registry, 1, 2);
            String url = "https://127.0.0.1:" + port + "/apis/ccompat/v7";

            failsTo(
                    url,
                    "",
                    "the certificate of the schema registry at " + url + " is not trusted; set tls.truststore to a file"
                            + " with it, or with that of the authority that signed it");
            failsTo(
                    url,
                    trusting(other.truststore()),
                    "the certificate of the schema registry at " + url + " is not trusted; neither it nor that of the"
                            + " authority that signed it is in tls.truststore, " + folder.resolve("trust-other.p12"));
            String named = "https://localhost:" + port + "/apis/ccompat/v7";
            failsTo(
                    named,
                    trusting(key.truststore()),
                    "the certificate of the schema registry at " + named + " does not hold: No name matching localhost"
                            + " found; look at url, or give the registry another certificate");
            keeps(url, trusting(key.truststore()), 1L, 2L);
        }
    }

    @Test
    void aRegistryThatAsksForACertificateAndAPasswordGetsBoth(RegistryServer registry) throws Exception {
        send(registry, 1, 2);
        TestKey key = TestKey.make(folder, "registry");
        TestKey client = TestKey.make(folder, "client");
        String trust = trusting(key.truststore());
        try (FaultyRegistry asking = new FaultyRegistry(registry);
                TlsTunnel tunnel = new TlsTunnel(key.serverThatKnows(client), asking.port())) {
            asking.wants("Basic bWU6aHVzaC1odXNo");
            String url = tunnel.url();

            failsTo(
                    url,
                    trust + BASIC,
                    "no TLS connection with the schema registry at " + url
                            + ": Received fatal alert: bad_certificate; if it asks for a certificate, set tls.keystore");
            assertThat(tunnel.connections())
                    .as("tried once, whatever the JDK does besides")
                    .isLessThan(3);
            failsTo(
                    url,
                    trust + identified(key.file()) + BASIC,
                    "no TLS connection with the schema registry at " + url
                            + ": Received fatal alert: bad_certificate; if it asks for a certificate, it must know the one"
                            + " in tls.keystore, " + key.file());
            failsTo(
                    url,
                    trust + identified(client.file()),
                    "the schema registry at " + url
                            + " refuses the request (status 401): set basic-auth or bearer-token");
            failsTo(
                    url,
                    trust + identified(client.file()) + "bearer-token = hush-hush",
                    "the schema registry at " + url
                            + " refuses the request (status 401): look at basic-auth or bearer-token");
            keeps(url, trust + identified(client.file()) + BASIC, 1L, 2L);

            assertThat(asking.requests()).last().asString().endsWith(" Basic bWU6aHVzaC1odXNo");

            asking.wants("Bearer hush-hush");
            send(registry, 3);
            keeps(url, trust + identified(client.file()) + "bearer-token = hush-hush", 1L, 2L, 3L);
        }
    }

    private void send(RegistryServer registry, long... ids) {
        RegisteredAvro order = RegisteredAvro.in(registry, topic + "-value", RegisteredAvroIT.ORDER);
        stream()
                .send(LongStream.of(ids)
                        .mapToObj(id -> order.value(Map.of("id", id)))
                        .toArray(byte[][]::new));
    }

    private RegisteredStream stream() {
        return new RegisteredStream(spark, broker, topic, folder);
    }

    private RunResult run(String url, String settings) {
        return stream()
                .runner(
                        RegisteredStream.registry(url) + settings,
                        "trigger = available-now",
                        RunRequest.all(),
                        RunListener.NONE)
                .run();
    }

    /** The run fails, no record is blamed, and nobody is told a password. */
    private void failsTo(String url, String settings, String message) {
        assertThatThrownBy(() -> run(url, settings))
                .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                        .isEqualTo(MillraceException.Kind.EXTERNAL))
                .hasMessage(message)
                .satisfies(
                        failed -> assertThat(Throwables.getStackTrace(failed)).doesNotContain(TestKey.PASSWORD));
        assertThat(stream().deadLetters()).doesNotExist();
    }

    private void keeps(String url, String settings, Long... ids) {
        run(url, settings);
        assertThat(stream().ids()).containsExactly(ids);
        assertThat(stream().deadLetters()).doesNotExist();
    }

    private static String trusting(Path truststore) {
        return "\ntls { truststore = \"" + truststore + "\", truststore-password = " + TestKey.PASSWORD + " }\n";
    }

    private static String identified(Path keystore) {
        return "tls { keystore = \"" + keystore + "\", keystore-password = " + TestKey.PASSWORD + " }\n";
    }
}
