package io.millrace.kafka.jobs;

import io.millrace.config.MillraceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of jobs. Thread-safe; each failure of the brokers is of kind EXTERNAL. */
public final class JobTopic implements AutoCloseable {

    private final String brokers;
    private final String name;
    private final Map<String, String> settings;
    private final Producer<byte[], byte[]> producer;

    /**
     * Opens it.
     *
     * @param settings of Kafka's clients
     * @throws MillraceException of kind USER where the settings are none that Kafka takes
     */
    public JobTopic(String brokers, String name, Map<String, String> settings) {
        this.brokers = brokers;
        this.name = name;
        this.settings = Map.copyOf(settings);
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", brokers);
        all.put("acks", "all");
        all.put("enable.idempotence", "true");
        all.putIfAbsent("max.block.ms", "30000");
        all.putIfAbsent("delivery.timeout.ms", "60000");
        all.putIfAbsent("request.timeout.ms", "20000");
        try {
            this.producer = new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException wrong) {
            throw MillraceException.user(
                    "topic " + name + " at " + brokers + ": "
                            + (wrong.getCause() == null ? wrong : wrong.getCause()).getMessage(),
                    wrong);
        }
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    /** Returns where it is. */
    public String brokers() {
        return brokers;
    }

    /** Returns the settings of Kafka's clients. */
    public Map<String, String> settings() {
        return settings;
    }

    /** Sends jobs, and waits until all of them are there. */
    public void send(List<JobMessage> jobs) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        jobs.forEach(job -> records.add(new ProducerRecord<>(name, job.bytes())));
        sendAll(records);
    }

    /** Asks the job manager that takes the message to stop when its jobs are through. */
    public void sendStop() {
        sendAll(List.of(
                new ProducerRecord<>(name, "{\"stop\": true}".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }

    void sendAll(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<?>> sent = new ArrayList<>();
        try {
            records.forEach(record -> sent.add(producer.send(record)));
            for (Future<?> each : sent) {
                each.get();
            }
        } catch (ExecutionException | KafkaException failed) {
            Throwable why =
                    failed instanceof ExecutionException && failed.getCause() != null ? failed.getCause() : failed;
            throw MillraceException.external(
                    "topic " + records.get(0).topic() + " at " + brokers + ": " + why.getMessage(), why);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw MillraceException.internal("interrupted while sending", interrupted);
        }
    }

    /** Waits for what is sent. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(30));
    }
}
