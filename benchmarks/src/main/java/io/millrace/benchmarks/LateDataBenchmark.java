package io.millrace.benchmarks;

import io.millrace.config.HoconReader;
import io.millrace.latedata.DueSlice;
import io.millrace.latedata.LateDataRunner;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.slices.SliceListener;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * What it costs to look for late data in a Delta table, by the number of its commits: the first look, and later ones at so many new commits. The
 * commits are written as files of the log that add a file to one of 365 days; nobody reads the files.
 *
 * <p>Arguments: {@code history=N,N} commits before (10,000 and 20,000); {@code new=N} commits before each look (100); {@code rounds=N} looks that
 * count (9) after {@code warm-ups=N} that do not (2).
 */
public final class LateDataBenchmark {

    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    private static final int DAYS = 365;

    private LateDataBenchmark() {}

    /** Runs the benchmark and prints a line for each history. */
    public static void main(String[] arguments) throws IOException {
        run(
                Arguments.of(arguments, Map.of("history", "10000,20000", "new", "100", "rounds", "9", "warm-ups", "2")),
                System.out);
    }

    static void run(Arguments arguments, PrintStream out) throws IOException {
        try (Workplace work = Workplace.open()) {
            for (int history : arguments.numbers("history")) {
                Path folder = work.folder().resolve("history-" + history);
                PipegraphPlan plan = plan(folder);
                makeTable(work.session(), folder);
                int commits = 1;
                commits = commit(folder, commits, history);
                double first = look(work.session(), plan);
                List<Double> later = new ArrayList<>();
                for (int round = -arguments.number("warm-ups"); round < arguments.number("rounds"); round++) {
                    commits = commit(folder, commits, arguments.number("new"));
                    double seconds = look(work.session(), plan);
                    if (round >= 0) {
                        later.add(seconds);
                    }
                }
                out.printf(
                        Locale.ROOT,
                        "%,d commits before: the first look takes %.2f s; then each at %,d new ones %s%n",
                        history,
                        first,
                        arguments.number("new"),
                        new Seconds(later));
            }
        }
    }

    private static double look(SparkSession session, PipegraphPlan plan) {
        long started = System.nanoTime();
        try (LateDataRunner runner = new LateDataRunner(session, plan, SliceListener.NONE)) {
            List<DueSlice> due = runner.due();
            if (due.size() < DAYS) {
                throw new IllegalStateException(due.size() + " days of " + DAYS);
            }
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private static PipegraphPlan plan(Path folder) {
        String text =
                """
                pipegraph {
                  name = late, state = "%1$s/state"
                  models {
                    devices { product = table, value { path = "%1$s/devices" } }
                    daily { product = table, value { path = "%1$s/daily", partition-by = [event_time] } }
                  }
                  etls = [ { name = of-a-day, inputs { devices = devices }
                    steps = [ { name = chosen, sql = "SELECT * FROM devices WHERE event_time = :run_date" } ]
                    outputs = [ { model = daily, replaces = "event_time = :run_date" } ] } ]
                }
                late-data { input = devices, partition-by = event_time }
                """
                        .formatted(folder);
        return new Planner(PluginRegistry.ofClassPath()).plan(PipegraphLoader.load(HoconReader.parse("late", text)));
    }

    private static void makeTable(SparkSession session, Path folder) {
        session.range(DAYS)
                .selectExpr("id", "date_add(DATE'" + FIRST + "', CAST(id AS INT)) AS event_time")
                .coalesce(1)
                .write()
                .format("delta")
                .partitionBy("event_time")
                .save(folder.resolve("devices").toString());
    }

    /** Writes commits; returns the number of the next one. */
    private static int commit(Path folder, int from, int number) throws IOException {
        Path log = folder.resolve("devices/_delta_log");
        for (int version = from; version < from + number; version++) {
            String day = FIRST.plusDays(version % DAYS).toString();
            String path = "event_time=" + day + "/part-" + version + ".parquet";
            Files.writeString(
                    log.resolve(String.format(Locale.ROOT, "%020d.json", version)),
                    "{\"commitInfo\":{\"timestamp\":" + (1_704_067_200_000L + version)
                            + ",\"operation\":\"WRITE\"}}\n{\"add\":{\"path\":\""
                            + path + "\",\"partitionValues\":{\"event_time\":\"" + day
                            + "\"},\"size\":1000,\"modificationTime\":1704067200000,\"dataChange\":true,\"stats\":\"{\\\"numRecords\\\":100}\"}}\n");
        }
        return from + number;
    }
}
