package io.millrace.benchmarks;

import io.millrace.broker.KafkaBroker;
import io.millrace.broker.RegistryServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * A topic of four partitions whose schemas are in a registry, in three versions, some messages malformed, into a Parquet table: against
 * the job that reads all of them with one schema by {@code from_avro} and looks at nothing, against the same with polls as large as Millrace's, and
 * against the one that decodes record by record in a function of its own. Broker and registry run on the same cores.
 *
 * <p>Arguments: {@code rows=N} messages (1,000,000), of which one in {@code bad=N} is malformed (100); {@code batch=N} of a micro-batch (500,000); {@code rounds=N} pairs that count (5) after {@code
 * warm-ups=N} that do not (1).
 */
public final class IngestionBenchmark {

    private static final String TOPIC = "orders";

    private IngestionBenchmark() {}

    /** Runs the benchmark and prints two lines for each of the jobs by hand. */
    public static void main(String[] arguments) throws IOException {
        run(
                Arguments.of(
                        arguments,
                        Map.of("rows", "1000000", "bad", "100", "batch", "1000000", "rounds", "5", "warm-ups", "5")),
                System.out);
    }

    static void run(Arguments arguments, PrintStream out) throws IOException {
        try (Workplace work = Workplace.open();
                KafkaBroker broker = KafkaBroker.start(work.folder().resolve("kafka"));
                RegistryServer registry = RegistryServer.start(work.folder().resolve("registry.log"))) {
            broker.createTopic(TOPIC, 4);
            Path lake = work.folder().resolve("lake");
            RegisteredTopic topic = new RegisteredTopic(
                    work.session(), broker.bootstrapServers(), registry.url(), TOPIC, arguments.number("batch"), lake);
            int rows = arguments.number("rows");
            int bad = arguments.number("bad");
            topic.send(registry, rows, bad);
            PairedRuns pairs = new PairedRuns(arguments.number("warm-ups"), arguments.number("rounds"));
            out.println(rows + " messages; " + pairs);
            IngestionByHand byHand = new IngestionByHand(topic);
            IngestionOfMillrace millrace = new IngestionOfMillrace(topic);
            pairs.compare("from_avro, one schema", byHand::bare, millrace::run).print(rows, out);
            requireAll(topic, IngestionByHand.BARE, rows, bad);
            Workplace.delete(lake);
            pairs.compare("from_avro, large polls", byHand::tuned, millrace::run)
                    .print(rows, out);
            requireAll(topic, IngestionByHand.TUNED, rows, bad);
            Workplace.delete(lake);
            pairs.compare("a function of one's own", byHand::function, millrace::run)
                    .print(rows, out);
            requireAll(topic, IngestionByHand.FUNCTION, rows, bad);
            Workplace.delete(lake);
        }
    }

    /** Both have all orders that are not malformed. */
    private static void requireAll(RegisteredTopic topic, String byHand, int rows, int bad) {
        long good = rows - (long) rows / bad;
        long theirs = topic.orders(byHand, 0);
        long ours = topic.orders(IngestionOfMillrace.NAME, 0);
        if (theirs < good || ours != good) {
            throw new IllegalStateException("of " + good + " orders there are " + theirs + " by hand, and " + ours);
        }
    }
}
