package io.millrace.broker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

/**
 * A Kafka that demos and tests talk to, wherever it runs: topics can be made, filled and read. Topics are not made by themselves. Thread-safe.
 */
public interface KafkaCluster extends AutoCloseable {

    /** Returns where clients find it: the same as long as this object is used. */
    String bootstrapServers();

    /** Stops it. Close Spark's session before. */
    @Override
    void close();

    /** Makes a topic with so many partitions. */
    default void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /** Makes a topic with settings such as {@code cleanup.policy}. */
    default void createTopic(String name, int partitions, Map<String, String> settings) {
        try (Admin admin = admin()) {
            await(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
                    .all());
        }
    }

    /** Returns the names of the topics that were made. */
    default Set<String> topics() {
        try (Admin admin = admin()) {
            return await(admin.listTopics().names());
        }
    }

    /** Returns the offset that the next record of a partition gets. */
    default long endOffset(String topic, int partition) {
        TopicPartition asked = new TopicPartition(topic, partition);
        try (Admin admin = admin()) {
            return await(admin.listOffsets(Map.of(asked, OffsetSpec.latest())).partitionResult(asked))
                    .offset();
        }
    }

    /** Gives a topic more partitions. */
    default void addPartitions(String topic, int partitions) {
        try (Admin admin = admin()) {
            await(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                    .all());
        }
    }

    /** Returns a client that can do everything else; to be closed. */
    default Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    /** Returns a producer of bytes; to be closed. */
    default KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers(), "linger.ms", "5", "max.request.size", "10485760"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends records and waits until they are there. */
    default void send(List<ProducerRecord<byte[], byte[]>> records) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            List<Future<?>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(producer.send(record)));
            sent.forEach(KafkaCluster::await);
        }
    }

    /** Sends texts without keys to a topic, spread over its partitions. */
    default void send(String topic, List<String> values) {
        send(values.stream()
                .map(value -> new ProducerRecord<byte[], byte[]>(topic, value.getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    /** Reads all that is in a topic now, one partition after the other. */
    default List<ConsumerRecord<byte[], byte[]>> read(String topic) {
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
        return await((Future<T>) answer.toCompletionStage().toCompletableFuture());
    }

    private static <T> T await(Future<T> answer) {
        try {
            return answer.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("Kafka did not do it", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Kafka", interrupted);
        }
    }
}
