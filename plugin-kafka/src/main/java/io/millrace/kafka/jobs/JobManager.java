package io.millrace.kafka.jobs;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.session.SharedApplication;
import io.millrace.kafka.jobs.JobMessage.NoJobException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs from a topic and runs them, several at once. The offset of a job is committed when what became of it is recorded: it was run, or it is in
 * the topic of dead letters. After a crash, jobs whose offsets are not committed come again, so running a job has to recognise what is done. While jobs
 * run, no more than these are taken, and brokers are talked to, however long they take.
 *
 * <p>{@link #run} blocks until it is asked to stop, by {@link #stop} from any thread or by a message; jobs at hand are brought to their end.
 */
public final class JobManager {

    private static final Logger LOG = LoggerFactory.getLogger(JobManager.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final JobTopic topic;
    private final String group;
    private final String deadLetters;
    private final int maxConcurrent;
    private final JobRunner runner;
    private final ConcurrentLinkedQueue<ConsumerRecord<byte[], byte[]>> ended = new ConcurrentLinkedQueue<>();
    private final Map<TopicPartition, TreeMap<Long, Boolean>> taken = new HashMap<>();
    private int running;
    private volatile boolean stopped;
    private volatile @Nullable RuntimeException broken;

    /** Runs a job. */
    @FunctionalInterface
    public interface JobRunner {

        /**
         * Runs it to its end, and records what became of it. Called by several threads at once.
         *
         * @throws Exception where it failed: then it becomes a dead letter, with the message
         */
        void run(JobMessage job) throws Exception;
    }

    /**
     * A job manager.
     *
     * @param group those of one group share the jobs
     * @param deadLetters a topic for messages that are no job, and for jobs that failed
     * @param maxConcurrent how many jobs may run at once; at least 1
     */
    public JobManager(JobTopic topic, String group, String deadLetters, int maxConcurrent, JobRunner runner) {
        if (maxConcurrent < 1) {
            throw new IllegalArgumentException("at least one job has to run at a time");
        }
        this.topic = topic;
        this.group = group;
        this.deadLetters = deadLetters;
        this.maxConcurrent = maxConcurrent;
        this.runner = runner;
    }

    /** Takes no more jobs, and lets those at hand end. Returns at once. */
    public void stop() {
        stopped = true;
    }

    /**
     * Takes jobs until it is asked to stop.
     *
     * @throws MillraceException of kind EXTERNAL where brokers cannot be reached, or a dead letter cannot be sent
     */
    public void run() {
        ExecutorService threads = Executors.newFixedThreadPool(maxConcurrent);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.subscribe(List.of(topic.name()), new ConsumerRebalanceListener() {
                @Override
                public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                    commit(consumer);
                    partitions.forEach(taken::remove);
                }

                @Override
                public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                    // jobs are taken as they come
                }
            });
            while ((!stopped && broken == null) || running > 0) {
                take(consumer, threads);
                commit(consumer);
            }
        } catch (KafkaException failed) {
            throw MillraceException.external(
                    "jobs of topic " + topic.name() + " at " + topic.brokers() + ": " + failed.getMessage(), failed);
        } finally {
            threads.shutdown();
            SharedApplication.awaitEnd(threads);
        }
        if (broken != null) {
            throw broken;
        }
    }

    private void take(KafkaConsumer<byte[], byte[]> consumer, ExecutorService threads) {
        if (stopped || running >= maxConcurrent) {
            consumer.pause(consumer.assignment());
        } else {
            consumer.resume(consumer.paused());
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (stopped) { // it comes again
                consumer.seek(partition, record.offset());
                continue;
            }
            taken.computeIfAbsent(partition, none -> new TreeMap<>()).put(record.offset(), false);
            if (JobMessage.asksToStop(record.value())) {
                LOG.info("asked to stop by a message");
                stopped = true;
                ended.add(record);
                running++;
                continue;
            }
            running++;
            threads.execute(() -> {
                try {
                    run(record);
                    ended.add(record);
                } catch (RuntimeException | Error notRecorded) {
                    broken = notRecorded instanceof RuntimeException known
                            ? known
                            : MillraceException.internal("a job broke: " + notRecorded, notRecorded);
                    ended.add(none(record));
                }
            });
        }
    }

    /** Marks the end of a job of which nobody knows what became of it: it stays to be taken again. */
    private static ConsumerRecord<byte[], byte[]> none(ConsumerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(record.topic(), record.partition(), -1, null, null);
    }

    private void run(ConsumerRecord<byte[], byte[]> record) {
        try {
            JobMessage job = JobMessage.parse(record.value());
            runner.run(job);
        } catch (NoJobException wrong) {
            deadLetter(record, String.valueOf(wrong.getMessage()));
        } catch (Exception failed) {
            deadLetter(record, String.valueOf(failed.getMessage()));
        }
    }

    private void deadLetter(ConsumerRecord<byte[], byte[]> record, String why) {
        LOG.warn("job {}/{}/{} is a dead letter: {}", record.topic(), record.partition(), record.offset(), why);
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(deadLetters, record.key(), record.value());
        letter.headers().add("reason", why.getBytes(StandardCharsets.UTF_8));
        letter.headers()
                .add(
                        "from",
                        (record.topic() + "/" + record.partition() + "/" + record.offset())
                                .getBytes(StandardCharsets.UTF_8));
        topic.sendAll(List.of(letter));
    }

    /** Commits the offsets up to which all jobs have ended. */
    private void commit(KafkaConsumer<byte[], byte[]> consumer) {
        for (ConsumerRecord<byte[], byte[]> record = ended.poll(); record != null; record = ended.poll()) {
            running--;
            TreeMap<Long, Boolean> ofPartition = taken.get(new TopicPartition(record.topic(), record.partition()));
            if (ofPartition != null && record.offset() >= 0) {
                ofPartition.put(record.offset(), true);
            }
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        taken.forEach((partition, jobs) -> {
            long through = -1;
            while (!jobs.isEmpty() && jobs.firstEntry().getValue()) {
                through = jobs.pollFirstEntry().getKey();
            }
            if (through >= 0) {
                offsets.put(partition, new OffsetAndMetadata(through + 1));
            }
        });
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets);
        } catch (CommitFailedException | RebalanceInProgressException others) {
            LOG.warn("the partitions of jobs were given to others meanwhile; they find these done: {}", offsets);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(topic.settings());
        settings.put("bootstrap.servers", topic.brokers());
        settings.put("group.id", group);
        settings.put("enable.auto.commit", "false");
        settings.putIfAbsent("auto.offset.reset", "earliest");
        settings.put("max.poll.records", "1"); // so that no more are taken than may run
        try {
            return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException wrong) {
            throw MillraceException.user(
                    "jobs of topic " + topic.name() + " at " + topic.brokers() + ": "
                            + (wrong.getCause() == null ? wrong : wrong.getCause()).getMessage(),
                    wrong);
        }
    }
}
