package io.millrace.benchmarks;

import io.millrace.broker.KafkaCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends the same orders over and over, so many in a second, in a thread of its own, until it is told to end. */
final class SteadyOrders implements AutoCloseable {

    private static final int TIMES_PER_SECOND = 10;

    private final List<byte[]> values;
    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> sending;
    private long sent;

    SteadyOrders(KafkaCluster broker, String topic, List<byte[]> values, int rate) {
        this.values = values;
        this.topic = topic;
        this.producer = broker.producer();
        this.sending = thread.scheduleAtFixedRate(
                () -> send(rate / TIMES_PER_SECOND), 0, 1000 / TIMES_PER_SECOND, TimeUnit.MILLISECONDS);
    }

    private void send(int count) {
        List<Future<?>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(producer.send(new ProducerRecord<>(topic, values.get((int) ((sent + i) % values.size())))));
        }
        try {
            for (Future<?> answer : answers) {
                answer.get();
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("orders could not be sent", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending orders", interrupted);
        }
        sent += count;
    }

    /**
     * Sends no more, and returns how many there are.
     *
     * @throws IllegalStateException where it has failed
     */
    long end() throws InterruptedException {
        if (sending.isDone()) {
            throw new IllegalStateException("sending ended by itself", failure());
        }
        thread.shutdown();
        if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("sending does not end");
        }
        return sent;
    }

    private Throwable failure() throws InterruptedException {
        try {
            sending.get();
            return new IllegalStateException("without a reason");
        } catch (ExecutionException failed) {
            return failed;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        producer.close();
    }
}
