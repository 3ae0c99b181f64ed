package io.millrace.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in this JVM, on the loopback address and a free port, with one node that is its own controller. Its data lie in a folder
 * that stays: started again there, it is the same broker. In a JVM of its own, to be killed, it is started by {@link #main}.
 *
 * <p>Shares Spark's libraries, which have to be on the class path. Close Spark's session before the broker.
 */
public final class KafkaBroker implements KafkaCluster {

    private final BrokerFolder folder;
    private final int port;
    private final int controllerPort;
    private @Nullable KafkaRaftServer server;

    private KafkaBroker(Path folder) {
        this.folder = new BrokerFolder(folder);
        try (ServerSocket one = freePort();
                ServerSocket other = freePort()) {
            this.port = one.getLocalPort();
            this.controllerPort = other.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Starts a broker in a folder that is empty, or that holds one which was stopped or killed.
     *
     * @throws io.millrace.config.MillraceException where one runs in it
     */
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
            folder.take();
            KafkaRaftServer starting =
                    new KafkaRaftServer(new KafkaConfig(folder.settings(port, controllerPort), false), Time.SYSTEM);
            starting.startup();
            server = starting;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            if (server == null) {
                release();
            }
        }
    }

    /** Stops it; its data stay. Does nothing where it is stopped. */
    public void stop() {
        KafkaRaftServer running = server;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
            server = null;
            release();
        }
    }

    private void release() {
        try {
            folder.release();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Returns a socket at a free port of the loopback address; closed, it gives the port away. */
    static ServerSocket freePort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
