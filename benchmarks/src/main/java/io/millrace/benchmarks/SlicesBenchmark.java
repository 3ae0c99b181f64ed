package io.millrace.benchmarks;

import io.millrace.Millrace;
import io.millrace.config.HoconReader;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.slices.SliceEntry.Figures;
import io.millrace.slices.SliceLedger;
import io.millrace.slices.SliceLedger.Claimed;
import io.millrace.slices.SlicedRequest;
import io.millrace.spi.Slice;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;

/**
 * What it costs to run slices by a ledger: claims and completions of many slices by many threads; a sliced run of days one at a time against plain
 * runs of the same days; and several days at once against one at a time.
 *
 * <p>Arguments: {@code slices=N} that threads claim (1,000), by {@code threads=N} (8); {@code days=N} of a run (10), with {@code rows=N} each
 * (200,000); {@code at-once=N} days at once (3); {@code rounds=N} pairs that count (5) after {@code warm-ups=N} that do not (1).
 */
public final class SlicesBenchmark {

    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

    private final SparkSession session;
    private final Path folder;
    private final int days;

    private SlicesBenchmark(SparkSession session, Path folder, int days) {
        this.session = session;
        this.folder = folder;
        this.days = days;
    }

    /** Runs the benchmark and prints its lines. */
    public static void main(String[] arguments) throws Exception {
        run(
                Arguments.of(
                        arguments,
                        Map.of(
                                "slices",
                                "1000",
                                "threads",
                                "8",
                                "days",
                                "10",
                                "rows",
                                "200000",
                                "at-once",
                                "3",
                                "rounds",
                                "5",
                                "warm-ups",
                                "1")),
                System.out);
    }

    static void run(Arguments arguments, PrintStream out) throws IOException, InterruptedException, ExecutionException {
        try (Workplace work = Workplace.open()) {
            SlicesBenchmark benchmark = new SlicesBenchmark(work.session(), work.folder(), arguments.number("days"));
            benchmark.claims(arguments.number("slices"), arguments.number("threads"), out);
            benchmark.devices(arguments.number("rows"));
            PairedRuns pairs = new PairedRuns(arguments.number("warm-ups"), arguments.number("rounds"));
            out.println(pairs);
            out.println(pairs.compare(
                    "days one at a time",
                    "plain runs",
                    round -> benchmark.plain("plain-" + round),
                    "sliced run",
                    round -> benchmark.sliced("sliced-" + round, 1)));
            int atOnce = arguments.number("at-once");
            out.println(pairs.compare(
                    "days at once",
                    "1",
                    round -> benchmark.sliced("one-" + round, 1),
                    String.valueOf(atOnce),
                    round -> benchmark.sliced("many-" + round, atOnce)));
        }
    }

    private void claims(int slices, int threads, PrintStream out) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (SliceLedger ledger =
                SliceLedger.open(session, folder.resolve("ledger").toString(), "claims")) {
            long started = System.nanoTime();
            List<Future<Integer>> claimed = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                claimed.add(pool.submit(() -> claimed(ledger, slices)));
            }
            int won = 0;
            for (Future<Integer> each : claimed) {
                won += each.get();
            }
            double seconds = (System.nanoTime() - started) / 1e9;
            if (won != slices || ledger.list().size() != slices) {
                throw new IllegalStateException(won + " claims of " + slices + " slices");
            }
            out.printf(
                    Locale.ROOT,
                    "%,d slices claimed and completed by %d threads in %.1f s, each once%n",
                    slices,
                    threads,
                    seconds);
        } finally {
            pool.shutdown();
        }
    }

    private static int claimed(SliceLedger ledger, int slices) {
        int won = 0;
        for (int day = 0; day < slices; day++) {
            if (ledger.claim(Slice.of(FIRST.plusDays(day)), null) instanceof Claimed.Ours ours) {
                ledger.complete(ours.entry(), Figures.NONE, all -> Map.of());
                won++;
            }
        }
        return won;
    }

    private void devices(int rows) {
        session.range(0, (long) rows * days)
                .selectExpr(
                        "concat('d', id) AS device",
                        "id % 7 AS type",
                        "date_add(DATE'" + FIRST + "', CAST(id / " + rows + " AS INT)) AS event_time")
                .repartition(2)
                .write()
                .format("delta")
                .partitionBy("event_time")
                .save(folder.resolve("devices").toString());
    }

    private PipegraphPlan plan(String name) {
        String text =
                """
                pipegraph {
                  name = sliced, state = "%1$s/%2$s/state"
                  models {
                    devices { product = table, value { path = "%1$s/devices" } }
                    daily { product = table, value { path = "%1$s/%2$s/daily", partition-by = [event_time] } }
                  }
                  etls = [ { name = of-a-day, inputs { devices = devices }
                    steps = [ { name = chosen, sql = "SELECT * FROM devices WHERE event_time = :run_date" } ]
                    outputs = [ { model = daily, replaces = "event_time = :run_date" } ] } ]
                }
                """
                        .formatted(folder, name);
        return new Planner(PluginRegistry.ofClassPath()).plan(PipegraphLoader.load(HoconReader.parse("slices", text)));
    }

    private List<Slice> slices() {
        return FIRST.datesUntil(FIRST.plusDays(days)).map(Slice::of).toList();
    }

    private void plain(String name) {
        PipegraphPlan plan = plan(name);
        try (Millrace millrace = Millrace.on(session)) {
            slices().forEach(slice -> millrace.run(plan, RunRequest.of(slice), RunListener.NONE));
        }
    }

    private void sliced(String name, int atOnce) {
        try (Millrace millrace = Millrace.on(session)) {
            if (!millrace.run(plan(name), new SlicedRequest(slices(), atOnce, false))
                    .orThrow()
                    .done()) {
                throw new IllegalStateException("not all days are done");
            }
        }
    }
}
