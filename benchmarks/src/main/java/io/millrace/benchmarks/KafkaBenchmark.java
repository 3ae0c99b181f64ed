package io.millrace.benchmarks;

import io.millrace.broker.KafkaBroker;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * A topic of four partitions, read as a stream to its end, against the same job written by hand: every flight into a partitioned Parquet table,
 * and the latest flight of each route into a Delta table. The broker runs in the same process, on the same cores. Each round has tables and
 * checkpoints of its own.
 *
 * <p>Arguments: {@code rows=N} generated flights (3,000,000), or {@code flights=FILE}, a Parquet file with the columns date, delay, distance,
 * origin, destination; {@code batch=N} records of a micro-batch (1,000,000); {@code rounds=N} pairs that count (5) after {@code warm-ups=N} that do
 * not (1).
 */
public final class KafkaBenchmark {

    private static final String TOPIC = "flights";

    private KafkaBenchmark() {}

    /** Runs the benchmark and prints two lines for each kind of table. */
    public static void main(String[] arguments) throws IOException {
        run(
                Arguments.of(
                        arguments,
                        Map.of("rows", "3000000", "flights", "", "batch", "1000000", "rounds", "5", "warm-ups", "1")),
                System.out);
    }

    static void run(Arguments arguments, PrintStream out) throws IOException {
        try (Workplace work = Workplace.open();
                KafkaBroker broker = KafkaBroker.start(work.folder().resolve("kafka"))) {
            SparkSession session = work.session();
            broker.createTopic(TOPIC, 4);
            long rows = send(session, work.flights(arguments), broker);
            PairedRuns pairs = new PairedRuns(arguments.number("warm-ups"), arguments.number("rounds"));
            out.println(rows + " rows; " + pairs);
            Path lake = work.folder().resolve("lake");
            TopicJob job = new TopicJob(session, broker.bootstrapServers(), TOPIC, arguments.number("batch"), lake);
            StreamByHand byHand = new StreamByHand(job);
            StreamOfMillrace millrace = new StreamOfMillrace(job);

            pairs.compare("topic to parquet", byHand::keep, millrace::keep).print(rows, out);
            job.requireSame(TopicJob.PARQUET, rows);
            Workplace.delete(lake);
            pairs.compare("topic to delta, upsert", byHand::upsert, millrace::upsert)
                    .print(rows, out);
            job.requireSame(TopicJob.DELTA, job.routes());
            Workplace.delete(lake);
        }
    }

    private static long send(SparkSession session, String flights, KafkaBroker broker) {
        session.read()
                .parquet(flights)
                .selectExpr("concat(origin, '-', destination) AS key", "to_json(struct(*)) AS value")
                .write()
                .format("kafka")
                .option("kafka.bootstrap.servers", broker.bootstrapServers())
                .option("topic", TOPIC)
                .save();
        return session.read().parquet(flights).count();
    }
}
