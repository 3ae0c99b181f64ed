package io.millrace.benchmarks;

import io.millrace.broker.KafkaBroker;
import io.millrace.broker.RegistryServer;
import io.millrace.run.EtlResult;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stream that goes on and on, into a Parquet table, from a topic to which orders are sent steadily: whether it takes more memory the longer it
 * runs. The orders are those of {@link IngestionBenchmark}. The broker runs in the same process, and what it takes is counted.
 *
 * <p>Arguments: {@code looks=N} at the memory (10), {@code seconds=N} apart (60); {@code rate=N} messages sent in a second (10,000), of which one
 * in {@code bad=N} is malformed (100).
 */
public final class MemoryBenchmark {

    private static final String TOPIC = "orders";
    private static final int SAMPLE = 3_000;
    private static final int BATCH = 500_000;

    private MemoryBenchmark() {}

    /** Runs the benchmark and prints a line for each look, and how the last one differs from the first. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        run(Arguments.of(arguments, Map.of("looks", "10", "seconds", "60", "rate", "10000", "bad", "100")), System.out);
    }

    static void run(Arguments arguments, PrintStream out) throws IOException, InterruptedException {
        try (Workplace work = Workplace.open();
                KafkaBroker broker = KafkaBroker.start(work.folder().resolve("kafka"));
                RegistryServer registry = RegistryServer.start(work.folder().resolve("registry.log"))) {
            broker.createTopic(TOPIC, 4);
            Path lake = work.folder().resolve("lake");
            RegisteredTopic topic =
                    new RegisteredTopic(work.session(), broker.bootstrapServers(), registry.url(), TOPIC, BATCH, lake);
            List<byte[]> values =
                    topic.messages(registry, SAMPLE, arguments.number("bad")).select("value").collectAsList().stream()
                            .map(row -> row.<byte[]>getAs(0))
                            .toList();
            IngestionOfMillrace job = new IngestionOfMillrace(topic);
            Progress progress = new Progress();
            PipegraphRunner runner =
                    new PipegraphRunner(work.session(), job.plan(0, "continuous"), RunRequest.all(), progress);
            try (SteadyOrders orders = new SteadyOrders(broker, TOPIC, values, arguments.number("rate"))) {
                look(runner, progress, arguments, out);
                long sent = orders.end();
                job.run(0);
                requireAll(topic, sent, arguments.number("bad"));
            }
        }
    }

    private static void look(PipegraphRunner runner, Progress progress, Arguments arguments, PrintStream out)
            throws InterruptedException {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<?> stream = thread.submit(runner::run);
        thread.shutdown();
        int seconds = arguments.number("seconds");
        List<MemoryUse> looks = new ArrayList<>();
        try {
            while (looks.size() < arguments.number("looks")) {
                await(stream, seconds);
                MemoryUse now = MemoryUse.now();
                looks.add(now);
                out.printf(Locale.ROOT, "%,6d s   %s   %s%n", looks.size() * seconds, progress, now);
            }
        } finally {
            runner.stop();
            if (!thread.awaitTermination(5, TimeUnit.MINUTES)) {
                out.println("the stream does not stop");
            }
        }
        out.println("from the first to the last: " + looks.get(looks.size() - 1).since(looks.get(0)));
    }

    /** Waits so long, and fails where the stream ends meanwhile. */
    private static void await(Future<?> stream, int seconds) throws InterruptedException {
        try {
            stream.get(seconds, TimeUnit.SECONDS);
            throw new IllegalStateException("the stream has ended");
        } catch (TimeoutException goesOn) {
            // as it should
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the stream has failed", failed);
        }
    }

    /** Each order that was sent is there, unless it is malformed. */
    private static void requireAll(RegisteredTopic topic, long sent, int bad) {
        long rounds = sent / SAMPLE;
        long good = rounds * (SAMPLE - SAMPLE / bad) + sent % SAMPLE - sent % SAMPLE / bad;
        long there = topic.orders(IngestionOfMillrace.NAME, 0);
        if (there != good) {
            throw new IllegalStateException("of " + good + " orders there are " + there);
        }
    }

    /** What the stream has done so far. */
    private static final class Progress implements RunListener {

        private long batches;
        private long rows;
        private long deadLetters;

        @Override
        public synchronized void batchFinished(EtlResult batch) {
            batches++;
            rows += batch.outputs().get(0).counts().committed();
            deadLetters += batch.deadLetters();
        }

        @Override
        public synchronized String toString() {
            return String.format(Locale.ROOT, "%,d batches   %,d rows   %,d dead letters", batches, rows, deadLetters);
        }
    }
}
