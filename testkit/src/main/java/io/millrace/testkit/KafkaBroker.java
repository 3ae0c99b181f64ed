package io.millrace.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in this JVM, on the loopback address and a free port, with one node that is its own controller. Its data lie in a folder
 * that stays: started again there, it is the same broker. In a JVM of its own, to be killed, it is started by {@link #main}.
 *
 * <p>Needs {@code org.apache.kafka:kafka_2.13} on the class path. Close Spark's session before the broker.
 */
public final class KafkaBroker implements Kafka {

    private final Path folder;
    private final int port;
    private final int controllerPort;
    private @Nullable KafkaRaftServer server;

    private KafkaBroker(Path folder) {
        this.folder = folder;
        this.port = freePort();
        this.controllerPort = freePort();
    }

    /** Starts a broker in a folder that is empty, or that holds one which was stopped. */
    public static KafkaBroker start(Path folder) {
        KafkaBroker broker = new KafkaBroker(folder);
        broker.restart();
        return broker;
    }

    /** Runs a broker until the process ends; prints {@code ready at HOST:PORT}. The argument is its folder. */
    public static void main(String[] arguments) {
        KafkaBroker broker = start(Path.of(arguments[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::stop));
        System.out.println("ready at " + broker.bootstrapServers());
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Starts it again after {@link #stop}, with all it held, at the same address. */
    public void restart() {
        try {
            Path settings = settings();
            Properties properties = new Properties();
            properties.load(Files.newBufferedReader(settings));
            KafkaRaftServer started = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
            started.startup();
            server = started;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Stops it; its data stay. Does nothing where it is stopped. */
    public void stop() {
        KafkaRaftServer running = server;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    private Path settings() throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("server.properties");
        Files.writeString(
                file,
                """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                log.cleaner.dedupe.buffer.size=2097152
                num.network.threads=1
                num.io.threads=2
                """
                        .formatted(port, controllerPort, folder.resolve("data")));
        if (!Files.exists(folder.resolve("data/meta.properties"))) {
            format(file);
        }
        return file;
    }

    private static void format(Path settings) throws IOException {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            String[] command = {"format", "-t", Uuid.randomUuid().toString(), "-c", settings.toString()};
            if (StorageTool.execute(command, out) != 0) {
                throw new IOException("the broker's folder cannot be made: " + bytes.toString(StandardCharsets.UTF_8));
            }
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
