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
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * What a pipegraph costs over the same job written by hand: Parquet in, one derived column, appended to a partitioned table of the catalog, in
 * Parquet and in Delta. The first round makes the tables; the others add to them.
 *
 * <p>Arguments: {@code rows=N} generated flights (3,000,000), or {@code flights=FILE}, a Parquet file with the columns date, delay, distance,
 * origin, destination; {@code rounds=N} pairs that count (9) after {@code warm-ups=N} that do not (2).
 */
public final class OverheadBenchmark {

    private static final String DERIVED = "SELECT *, date_format(date, 'yyyy-MM') AS month FROM flights";

    private final SparkSession session;
    private final String flights;
    private final Path lake;

    private OverheadBenchmark(SparkSession session, String flights, Path lake) {
        this.session = session;
        this.flights = flights;
        this.lake = lake;
    }

    /** Runs the benchmark and prints one line for each format. */
    public static void main(String[] arguments) throws IOException {
        run(
                Arguments.of(arguments, Map.of("rows", "3000000", "flights", "", "rounds", "9", "warm-ups", "2")),
                System.out);
    }

    static void run(Arguments arguments, PrintStream out) throws IOException {
        try (Workplace work = Workplace.open()) {
            SparkSession session = work.session();
            String flights = work.flights(arguments);
            Path lake = work.folder().resolve("lake");
            PairedRuns pairs = new PairedRuns(arguments.number("warm-ups"), arguments.number("rounds"));
            out.println(session.read().parquet(flights).count() + " rows; " + pairs);
            OverheadBenchmark benchmark = new OverheadBenchmark(session, flights, lake);
            for (String format : List.of("parquet", "delta")) {
                out.println(pairs.compare(
                        "append to " + format,
                        round -> benchmark.byHand(format, round),
                        round -> benchmark.millrace(format)));
                Workplace.delete(lake);
            }
        }
    }

    /** With Delta's options against writing twice, which a job that may be started again needs; plain Parquet has none. */
    private void byHand(String format, int round) {
        session.read().parquet(flights).createOrReplaceTempView("flights");
        session.sql(DERIVED)
                .write()
                .format(format)
                .mode(SaveMode.Append)
                .partitionBy("month")
                .option("path", location("hand", format))
                .options(format.equals("delta") ? Map.of("txnAppId", "hand", "txnVersion", "" + round) : Map.of())
                .saveAsTable("hand_" + format);
    }

    private void millrace(String format) {
        String text =
                """
                plugin.microservice-catalog.entities = [
                  { coordinates { domain = air, name = %1$s, version = v1 }, table = "millrace_%1$s", format = %1$s, location = "%2$s"
                    partition-by = [month]
                    schema = "date TIMESTAMP_NTZ, delay BIGINT, distance BIGINT, origin STRING, destination STRING, month STRING" }
                ]
                pipegraph {
                  name = overhead, state = "%5$s"
                  models {
                    flights { product = files, value { path = "%3$s", format = parquet } }
                    kept { product = parallelWrite, value {
                      writerDetails { writerType = parallelWrite, saveMode = append }
                      entityDetails { domain = air, name = %1$s, version = v1 } } }
                  }
                  etls = [ { name = keep, inputs { flights = flights }, steps = [ { name = derived, sql = "%4$s" } ], output = kept } ]
                }
                """
                        .formatted(format, location("millrace", format), flights, DERIVED, lake.resolve("state"));
        PipegraphPlan plan = new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(HoconReader.parse("overhead", text)));
        try (Millrace millrace = Millrace.on(session)) {
            RunResult result = millrace.run(plan, RunRequest.all(), RunListener.NONE);
            if (result.etls().get(0).outputs().get(0).counts().committed() == 0) {
                throw new IllegalStateException("nothing was written: " + result);
            }
        }
    }

    private String location(String who, String format) {
        return lake.resolve(who + "-" + format).toString();
    }
}
