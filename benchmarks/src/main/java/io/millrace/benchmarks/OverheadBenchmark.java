package io.millrace.benchmarks;

import io.millrace.Millrace;
import io.millrace.config.HoconReader;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import io.millrace.spark.SessionFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * What a pipegraph costs over the same job written by hand: Parquet in, one derived column, partitioned Parquet or Delta out.
 *
 * <p>Arguments: a Parquet file of flights (columns date, delay, distance, origin, destination); without it, 3,000,000 generated rows.
 */
public final class OverheadBenchmark {

    private static final String DERIVED = "SELECT *, date_format(date, 'yyyy-MM') AS month FROM flights";
    private static final int WARM_UPS = 2;
    private static final int ROUNDS = 9;

    private final SparkSession session;
    private final String flights;
    private final Path work;

    private OverheadBenchmark(SparkSession session, String flights, Path work) {
        this.session = session;
        this.flights = flights;
        this.work = work;
    }

    /** Runs the benchmark and prints one line for each job. */
    public static void main(String[] arguments) throws IOException {
        Path work = Files.createTempDirectory("millrace-benchmark");
        SparkSession session = SessionFactory.create(
                "local[2]",
                Map.of(
                        "spark.sql.shuffle.partitions",
                        "2",
                        "spark.sql.warehouse.dir",
                        work.resolve("warehouse").toString()));
        try {
            String flights = arguments.length > 0 ? arguments[0] : generated(session, work);
            OverheadBenchmark benchmark = new OverheadBenchmark(session, flights, work);
            benchmark.report(System.out);
        } finally {
            session.stop();
            delete(work);
        }
    }

    private void report(PrintStream out) {
        out.println("rows: " + session.read().parquet(flights).count() + ", " + ROUNDS + " pairs after " + WARM_UPS
                + " warm-up pairs, medians (min-max)");
        for (String format : List.of("parquet", "delta")) {
            out.println(new PairedRuns(WARM_UPS, ROUNDS)
                    .compare("append to " + format, round -> byHand(format, round), round -> millrace(format, round)));
            delete(work.resolve("lake"));
        }
    }

    private void byHand(String format, int round) {
        session.read().parquet(flights).createOrReplaceTempView("flights");
        session.sql(DERIVED)
                .write()
                .format(format)
                .mode(SaveMode.Append)
                .partitionBy("month")
                .save(target("hand", format, round));
    }

    private void millrace(String format, int round) {
        String text =
                """
                plugin.microservice-catalog.entities = [
                  { coordinates { domain = air, name = "%1$s_%2$s", version = v1 }, table = "%1$s_%2$s", format = %1$s, location = "%3$s"
                    partition-by = [month]
                    schema = "date TIMESTAMP_NTZ, delay BIGINT, distance BIGINT, origin STRING, destination STRING, month STRING" }
                ]
                pipegraph {
                  name = overhead
                  models {
                    flights { product = files, value { path = "%4$s", format = parquet } }
                    kept { product = parallelWrite, value {
                      writerDetails { writerType = parallelWrite, saveMode = append }
                      entityDetails { domain = air, name = "%1$s_%2$s", version = v1 } } }
                  }
                  etls = [ { name = keep, inputs { flights = flights }, steps = [ { name = derived, sql = "%5$s" } ], output = kept } ]
                }
                """
                        .formatted(format, round + WARM_UPS, target("millrace", format, round), flights, DERIVED);
        PipegraphPlan plan = new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(HoconReader.parse("overhead", text)));
        try (Millrace millrace = Millrace.on(session)) {
            RunResult result = millrace.run(plan, RunRequest.all(), RunListener.NONE);
            if (result.etls().get(0).outputs().get(0).counts().committed() == 0) {
                throw new IllegalStateException("nothing was written: " + result);
            }
        }
    }

    private String target(String who, String format, int round) {
        return work.resolve("lake")
                .resolve(who + "-" + format + "-" + (round + WARM_UPS))
                .toString();
    }

    private static String generated(SparkSession session, Path work) {
        String path = work.resolve("flights").toString();
        session.range(3_000_000)
                .selectExpr(
                        "CAST(timestampadd(SECOND, CAST(id * 5 AS INT), TIMESTAMP'2001-01-01 00:01:00') AS TIMESTAMP_NTZ) AS date",
                        "CAST(rand(7) * 120 AS BIGINT) - 20 AS delay",
                        "CAST(rand(8) * 2500 AS BIGINT) + 60 AS distance",
                        "concat('A', CAST(rand(9) * 60 AS INT)) AS origin",
                        "concat('B', CAST(rand(10) * 60 AS INT)) AS destination")
                .repartition(2)
                .write()
                .parquet(path);
        return path;
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
