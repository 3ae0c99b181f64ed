package io.millrace.benchmarks;

import io.millrace.Millrace;
import io.millrace.config.HoconReader;
import io.millrace.iceberg.IcebergTables;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;

/**
 * Jobs of one application that append to one Iceberg table at once: each with a commit of its own, and sharing commits; sixteen of them against
 * sixteen threads that do the same with nothing but Spark; and against one job that writes the same rows. Each round has a table of its own, which
 * is made by whichever job comes first, or beforehand for the threads, which would fail at it.
 *
 * <p>Arguments: {@code writers=4,16,64} how many jobs write at once, one comparison each; {@code rows=N} generated flights (3,000,000), or {@code
 * flights=FILE}, a Parquet file, shared out among the jobs; {@code rounds=N} pairs that count (5) after {@code warm-ups=N} that do not (2).
 */
public final class ConcurrentAppendsBenchmark {

    private static final int SIXTEEN = 16;

    private final SparkSession session;
    private final Path folder;
    private final long rows;
    private final PairedRuns pairs;

    private ConcurrentAppendsBenchmark(SparkSession session, Path folder, long rows, PairedRuns pairs) {
        this.session = session;
        this.folder = folder;
        this.rows = rows;
        this.pairs = pairs;
    }

    /** Runs the benchmark and prints two lines for each number of writers, and two for sixteen. */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> defaults =
                Map.of("writers", "4,16,64", "rows", "3000000", "flights", "", "rounds", "5", "warm-ups", "2");
        run(Arguments.of(arguments, defaults), System.out);
    }

    static void run(Arguments arguments, PrintStream out) throws IOException {
        try (Workplace work = Workplace.open()) {
            SparkSession session = work.session();
            String flights = work.flights(arguments);
            long rows = session.read().parquet(flights).count();
            PairedRuns pairs = new PairedRuns(arguments.number("warm-ups"), arguments.number("rounds"));
            out.println(rows + " rows; " + pairs);
            ConcurrentAppendsBenchmark benchmark = new ConcurrentAppendsBenchmark(session, work.folder(), rows, pairs);
            Files.createDirectory(work.folder().resolve("lake")); // only catalogs that are there are shown to SQL
            new IcebergTables().registerTables(HoconReader.parse("catalogs", benchmark.catalogs()), session);
            for (int writers : arguments.numbers("writers")) {
                benchmark.shared(benchmark.sharedOut(flights, writers), out);
            }
            List<String> sixteen = benchmark.sharedOut(flights, SIXTEEN);
            benchmark.byHand(sixteen, out);
            benchmark.againstOne(sixteen, flights, out);
        }
    }

    private String catalogs() {
        return "plugin.iceberg.catalogs { bench { warehouse = \"" + folder.resolve("lake") + "\" } }";
    }

    private void shared(List<String> parts, PrintStream out) {
        Appends own = new Appends("own_" + parts.size(), "own", parts);
        Appends sharing = new Appends("sharing_" + parts.size(), "shared", parts);
        out.println(pairs.compare(parts.size() + " writers", "own commits", own, "shared commits", sharing));
        out.println("  snapshots                  " + own.snapshots() + " and " + sharing.snapshots());
    }

    private void byHand(List<String> parts, PrintStream out) {
        PairedRuns.Job hand = round -> {
            String table = "bench.air.hand_" + round;
            session.sql("CREATE TABLE " + table
                    + " USING iceberg TBLPROPERTIES ('commit.retry.num-retries' = '100') AS SELECT * FROM parquet.`"
                    + parts.get(0) + "` LIMIT 0");
            atOnce(parts.stream()
                    .<Callable<Void>>map(part -> () -> {
                        session.read().parquet(part).writeTo(table).append();
                        return null;
                    })
                    .toList());
            check(table);
        };
        Appends own = new Appends("not_by_hand", "own", parts);
        out.println(pairs.compare(parts.size() + " writers", "by hand", hand, "own commits", own));
    }

    private void againstOne(List<String> parts, String flights, PrintStream out) {
        Appends one = new Appends("one", "own", List.of(flights));
        Appends many = new Appends("many", "shared", parts);
        out.println(pairs.compare("one job, " + parts.size() + " jobs", "one", one, "many", many));
    }

    /** Cuts the flights into as many folders as there are writers. */
    private List<String> sharedOut(String flights, int writers) {
        List<String> parts = new ArrayList<>();
        for (int part = 0; part < writers; part++) {
            String path =
                    folder.resolve("parts-" + writers).resolve("part-" + part).toString();
            session.read()
                    .parquet(flights)
                    .where("pmod(hash(date, distance), " + writers + ") = " + part)
                    .coalesce(1)
                    .write()
                    .mode("overwrite")
                    .parquet(path);
            parts.add(path);
        }
        return parts;
    }

    private static void atOnce(List<Callable<Void>> jobs) {
        ExecutorService pool = Executors.newFixedThreadPool(jobs.size());
        try {
            for (Future<Void> job : pool.invokeAll(jobs)) {
                job.get();
            }
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException("an append failed", failed);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Looks at the table's own figures, which takes next to no time. */
    private void check(String table) {
        long there = session.sql("SELECT coalesce(sum(record_count), 0) FROM " + table + ".files")
                .head()
                .getLong(0);
        if (there != rows) {
            throw new IllegalStateException(table + " holds " + there + " rows, not " + rows);
        }
    }

    /** Jobs that append one folder each to a table, all at once. */
    private final class Appends implements PairedRuns.Job {

        private final String name;
        private final String commit;
        private final List<String> inputs;
        private long snapshots;

        Appends(String name, String commit, List<String> inputs) {
            this.name = name;
            this.commit = commit;
            this.inputs = inputs;
        }

        @Override
        public void run(int round) {
            String table = "bench.air." + name + "_" + round;
            atOnce(inputs.stream()
                    .map(input -> plan(table, input))
                    .<Callable<Void>>map(plan -> () -> append(plan))
                    .toList());
            check(table);
            snapshots = session.table(table + ".snapshots").count();
        }

        private Void append(PipegraphPlan plan) {
            try (Millrace millrace = Millrace.on(session)) {
                millrace.run(plan, RunRequest.all(), RunListener.NONE);
            }
            return null;
        }

        /** Returns how many snapshots the last round made. */
        long snapshots() {
            return snapshots;
        }

        private PipegraphPlan plan(String table, String input) {
            String text =
                    """
                    %1$s
                    pipegraph {
                      name = appends
                      models {
                        flights { product = files, value { path = "%2$s", format = parquet } }
                        kept { product = iceberg, value { table = %3$s, commit = %4$s } }
                      }
                      etls = [ { name = keep, inputs { flights = flights }, output = kept } ]
                    }
                    """
                            .formatted(catalogs(), input, table, commit);
            return new Planner(PluginRegistry.ofClassPath())
                    .plan(PipegraphLoader.load(HoconReader.parse("appends", text)));
        }
    }
}
