package io.millrace.broker;

import io.millrace.config.MillraceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** The folder of a broker, held by one broker at a time: Kafka itself does not see to that, and two would destroy each other's logs. */
final class BrokerFolder {

    private final Path folder;
    private @Nullable FileChannel lock;

    BrokerFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Takes the folder until it is released; one that does not exist is made.
     *
     * @throws MillraceException where another broker holds it
     */
    void take() throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw MillraceException.external(
                    "the Kafka broker in " + folder
                            + " is running already; end the program that runs it, or take another folder",
                    null);
        }
        lock = channel;
    }

    /** Lets others take it. */
    void release() throws IOException {
        FileChannel held = lock;
        if (held != null) {
            held.close();
            lock = null;
        }
    }

    /** Returns the settings of a broker at these ports, and makes the folder fit for it. */
    Properties settings(int port, int controllerPort) throws IOException {
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
                # One that was killed has to wait until its own session is over; one on a busy machine must not lose it.
                broker.session.timeout.ms=6000
                broker.heartbeat.interval.ms=1000
                """
                        .formatted(port, controllerPort, folder.resolve("data")));
        if (!Files.exists(folder.resolve("data/meta.properties"))) {
            format(file);
        }
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            settings.load(reader);
        }
        return settings;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException ofThisJvm) {
            return false;
        }
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
}
