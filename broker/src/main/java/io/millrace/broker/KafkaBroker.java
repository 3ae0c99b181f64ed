package io.millrace.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in this JVM, on the loopback address and a free port, with one node that is its own controller. Its data lie in a folder
 * that stays: started again there, it is the same broker. In a JVM of its own, to be killed, it is started by {@link #main}.
 *
 * <p>Shares Spark's libraries, which have to be on the class path. Topics are not made by themselves. Close Spark's session before the broker.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    /** Returns where clients find it: the same as long as this object is used. */
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

    /** Makes a topic with so many partitions. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /** Makes a topic with settings such as {@code cleanup.policy}. */
    public void createTopic(String name, int partitions, Map<String, String> settings) {
        try (Admin admin = admin()) {
            await(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
                    .all());
        }
    }

    /** Returns the names of the topics that were made. */
    public Set<String> topics() {
        try (Admin admin = admin()) {
            return await(admin.listTopics().names());
        }
    }

    /** Returns the offset that the next record of a partition gets. */
    public long endOffset(String topic, int partition) {
        TopicPartition asked = new TopicPartition(topic, partition);
        try (Admin admin = admin()) {
            return await(admin.listOffsets(Map.of(asked, OffsetSpec.latest())).partitionResult(asked))
                    .offset();
        }
    }

    /** Gives a topic more partitions. */
    public void addPartitions(String topic, int partitions) {
        try (Admin admin = admin()) {
            await(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                    .all());
        }
    }

    /** Returns a client that can do everything else; to be closed. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    /** Returns a producer of bytes; to be closed. */
    public KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers(), "linger.ms", "5", "max.request.size", "10485760"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends records and waits until they are there. */
    public void send(List<ProducerRecord<byte[], byte[]>> records) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            List<Future<?>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(producer.send(record)));
            for (Future<?> each : sent) {
                each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("records cannot be sent", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending", interrupted);
        }
    }

    /** Sends texts without keys to a topic, spread over its partitions. */
    public void send(String topic, List<String> values) {
        send(values.stream()
                .map(value -> new ProducerRecord<byte[], byte[]>(topic, value.getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    /** Reads all that is in a topic now, one partition after the other. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the broker did not do it", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the broker", interrupted);
        }
    }

    private static ServerSocket freePort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
