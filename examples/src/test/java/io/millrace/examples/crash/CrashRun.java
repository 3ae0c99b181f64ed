package io.millrace.examples.crash;

import io.millrace.Millrace;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.EtlResult;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import io.millrace.testkit.MillraceSession;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Runs the pipegraph of the crash tests: in this JVM, or in one of its own that says what it has done. */
final class CrashRun {

    private CrashRun() {}

    static Path file() {
        return file("pipegraph.conf");
    }

    private static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(CrashRun.class.getResource("/crash/" + name))
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Tables of an earlier test are in the session's catalog, but no longer where it says. */
    static void forgetTables(SparkSession session) {
        session.sql("DROP TABLE IF EXISTS crash_events");
        session.sql("DROP TABLE IF EXISTS crash_orders");
    }

    static RunResult run(SparkSession session, Path folder, String trigger, RunRequest request, RunListener listener) {
        return run(session, file(), Map.of("folder", folder.toString(), "trigger", trigger), request, listener);
    }

    private static RunResult run(
            SparkSession session, Path file, Map<String, String> set, RunRequest request, RunListener listener) {
        PipegraphPlan plan = new Planner(PluginRegistry.ofClassPath()).plan(PipegraphLoader.load(file, set));
        try (Millrace millrace = Millrace.on(session)) {
            return millrace.run(plan, request, listener);
        }
    }

    /**
     * Arguments: the folder, the trigger, at which batch of which ETL to stay, such as {@code keep 3}, 0 for none; the file, and what is set over
     * it, each as {@code name=value}.
     */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        Map<String, String> set = new HashMap<>(Map.of("folder", arguments[0], "trigger", arguments[1]));
        Stream.of(arguments).skip(5).map(value -> value.split("=", 2)).forEach(value -> set.put(value[0], value[1]));
        SparkSession session = MillraceSession.builder(folder.resolve("warehouse"))
                .config("spark.local.dir", folder.resolve("local").toString())
                .getOrCreate();
        System.out.println("session open");
        run(
                session,
                file(arguments[4]),
                set,
                RunRequest.all(),
                new Speaking(arguments[2], Integer.parseInt(arguments[3])));
        session.stop();
        System.out.println("done");
    }

    /** Says what has happened; at a certain batch it stays, when all is committed and Spark has not noted it yet. */
    private static final class Speaking implements RunListener {

        private final String etl;
        private int left;

        Speaking(String etl, int batch) {
            this.etl = etl;
            this.left = batch;
        }

        @Override
        public synchronized void batchFinished(EtlResult batch) {
            System.out.println("batch of " + batch.etl());
            if (batch.etl().equals(etl) && --left == 0) {
                System.out.println("staying");
                stay();
            }
        }

        @Override
        public void etlFinished(EtlResult result) {
            System.out.println("end of " + result.etl());
        }

        private static void stay() {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
