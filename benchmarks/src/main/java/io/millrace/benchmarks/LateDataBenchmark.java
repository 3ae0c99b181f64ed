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
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * What it costs to look for late data in a Delta table, by the number of its commits: the first look, and later ones at so many new commits. Most
 * commits are written as files of the log that add a file to one of 365 days, which nobody reads; the last of them is Delta's own, which makes a
 * checkpoint, as there is one every tenth commit in a table that only Delta writes. Each look is the first that its process takes at the table: it
 * goes by a name of its own, so that Delta has nothing of it in memory.
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
                add(work.session(), folder);
                int commits = commit(work.session(), folder, 1, history);
                double first = look(work.session(), folder, commits);
                List<Double> later = new ArrayList<>();
                for (int round = -arguments.number("warm-ups"); round < arguments.number("rounds"); round++) {
                    commits = commit(work.session(), folder, commits, arguments.number("new"));
                    double seconds = look(work.session(), folder, commits);
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

    private static double look(SparkSession session, Path folder, int commits) throws IOException {
        Path name = Files.createSymbolicLink(folder.resolve("devices-" + commits), folder.resolve("devices"));
        PipegraphPlan plan = plan(folder, name);
        long started = System.nanoTime();
        try (LateDataRunner runner = new LateDataRunner(session, plan, SliceListener.NONE)) {
            List<DueSlice> due = runner.due();
            if (due.size() < DAYS) {
                throw new IllegalStateException(due.size() + " days of " + DAYS);
            }
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private static PipegraphPlan plan(Path folder, Path devices) {
        String text =
                """
                pipegraph {
                  name = late, state = "%1$s/state"
                  models {
                    devices { product = table, value { path = "%2$s" } }
                    daily { product = table, value { path = "%1$s/daily", partition-by = [event_time] } }
                  }
                  etls = [ { name = of-a-day, inputs { devices = devices }
                    steps = [ { name = chosen, sql = "SELECT * FROM devices WHERE event_time = :run_date" } ]
                    outputs = [ { model = daily, replaces = "event_time = :run_date" } ] } ]
                }
                late-data { input = devices, partition-by = event_time }
                """
                        .formatted(folder, devices);
        return new Planner(PluginRegistry.ofClassPath()).plan(PipegraphLoader.load(HoconReader.parse("late", text)));
    }

    /** Adds a row to each day. */
    private static void add(SparkSession session, Path folder) {
        session.range(DAYS)
                .selectExpr("id", "date_add(DATE'" + FIRST + "', CAST(id AS INT)) AS event_time")
                .coalesce(1)
                .write()
                .format("delta")
                .mode(SaveMode.Append)
                .partitionBy("event_time")
                .save(folder.resolve("devices").toString());
    }

    /** Writes commits, of which the last is one that Delta makes a checkpoint of; returns the number of the next one. */
    private static int commit(SparkSession session, Path folder, int from, int number) throws IOException {
        Path log = folder.resolve("devices/_delta_log");
        for (int version = from; version < from + number - 1; version++) {
            String day = FIRST.plusDays(version % DAYS).toString();
            String path = "event_time=" + day + "/part-" + version + ".parquet";
            Files.writeString(
                    log.resolve(String.format(Locale.ROOT, "%020d.json", version)),
                    "{\"commitInfo\":{\"timestamp\":" + (1_704_067_200_000L + version)
                            + ",\"operation\":\"WRITE\"}}\n{\"add\":{\"path\":\""
                            + path + "\",\"partitionValues\":{\"event_time\":\"" + day
                            + "\"},\"size\":1000,\"modificationTime\":1704067200000,\"dataChange\":true,\"stats\":\"{\\\"numRecords\\\":100}\"}}\n");
        }
        add(session, folder);
        return from + number;
    }
}
