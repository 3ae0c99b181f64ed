package io.millrace.benchmarks;

import io.millrace.Millrace;
import io.millrace.config.HoconReader;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.slices.SliceLedger;
import io.millrace.slices.SliceState;
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
import org.apache.spark.sql.SparkSession;

/**
 * What it costs to run slices by a ledger: claims and completions of many slices by many threads; a sliced run of days one at a time against plain
 * runs of the same days; and several days at once against one at a time.
 *
 * <p>Arguments: {@code slices=N} that threads claim (1,000), by {@code threads=N} (8), and once more by {@code
 * processes=N} (4) of as many threads; {@code days=N} of a run (10), with {@code rows=N} each
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
                                "processes",
                                "4",
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
            benchmark.claimsOfProcesses(
                    arguments.number("slices"), arguments.number("threads"), arguments.number("processes"), out);
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
        Path ledger = folder.resolve("ledger-of-threads");
        long started = System.nanoTime();
        int won = SliceClaims.won(session, ledger, slices, threads);
        tell(ledger, slices, won, threads + " threads", started, out);
    }

    private void claimsOfProcesses(int slices, int threads, int processes, PrintStream out) throws IOException {
        Path ledger = folder.resolve("ledger-of-processes");
        List<SliceClaims.Other> others = new ArrayList<>();
        try {
            for (int process = 0; process < processes; process++) {
                others.add(SliceClaims.Other.start(ledger, slices, threads));
            }
            for (SliceClaims.Other other : others) {
                other.awaitReady();
            }
            long started = System.nanoTime();
            for (SliceClaims.Other other : others) {
                other.go();
            }
            int won = 0;
            for (SliceClaims.Other other : others) {
                won += other.won();
            }
            tell(ledger, slices, won, processes + " processes of " + threads + " threads", started, out);
        } finally {
            others.forEach(other -> other.process().destroyForcibly());
        }
    }

    /** Prints how long it took; fails where a claim is lost or was given twice. */
    private void tell(Path folder, int slices, int won, String who, long started, PrintStream out) {
        double seconds = (System.nanoTime() - started) / 1e9;
        try (SliceLedger ledger = SliceClaims.ledger(session, folder)) {
            long done = ledger.list().stream()
                    .filter(entry -> entry.state() == SliceState.DONE)
                    .count();
            if (won != slices || done != slices) {
                throw new IllegalStateException(won + " claims won and " + done + " slices done, of " + slices);
            }
        }
        out.printf(Locale.ROOT, "%,d slices claimed and completed by %s in %.1f s, each once%n", slices, who, seconds);
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
