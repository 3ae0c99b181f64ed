package io.millrace;

import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.load.LoadedPipegraph;
import io.millrace.load.PipegraphLoader;
import io.millrace.model.Pipegraph;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.SparkSession;

/**
 * The way in for programs: plans and runs pipegraphs on a Spark session.
 *
 * <pre>{@code
 * try (Millrace millrace = Millrace.on(spark)) {
 *   RunResult result = millrace.run(orders);
 * }
 * }</pre>
 *
 * <p>Thread-safe. Closing it asks running pipegraphs to stop after the batch they are at; the session stays open, it is the caller's.
 */
public final class Millrace implements AutoCloseable {

    private final SparkSession session;
    private final ConfigDocument settings;
    private final Planner planner = new Planner(PluginRegistry.ofClassPath());
    private final Set<PipegraphRunner> running = ConcurrentHashMap.newKeySet();

    private Millrace(SparkSession session, ConfigDocument settings) {
        this.session = session;
        this.settings = settings;
    }

    /** Runs on a session, with no settings for plugins. */
    public static Millrace on(SparkSession session) {
        return new Millrace(session, HoconReader.parse("settings", ""));
    }

    /** Runs on the same session, with the settings of plugins ({@code plugin { … }}) from a configuration. */
    public Millrace configuredBy(ConfigDocument configuration) {
        return new Millrace(session, configuration);
    }

    /** Plans a pipegraph built in Java. */
    public PipegraphPlan plan(Pipegraph pipegraph) {
        return planner.plan(LoadedPipegraph.of(pipegraph, settings));
    }

    /** Plans the pipegraph of a file; settings of plugins are those of the file. */
    public PipegraphPlan plan(Path file) {
        return planner.plan(PipegraphLoader.load(file, Map.of()));
    }

    /** Runs all of a pipegraph. */
    public RunResult run(Pipegraph pipegraph) {
        return run(plan(pipegraph), RunRequest.all(), RunListener.NONE);
    }

    /** Runs a pipegraph as requested. */
    public RunResult run(Pipegraph pipegraph, RunRequest request) {
        return run(plan(pipegraph), request, RunListener.NONE);
    }

    /**
     * Runs a plan. Blocks until it is through, or {@link #close} is called by another thread.
     *
     * @throws io.millrace.config.MillraceException where an ETL fails
     */
    public RunResult run(PipegraphPlan plan, RunRequest request, RunListener listener) {
        PipegraphRunner runner = new PipegraphRunner(session, plan, request, listener);
        running.add(runner);
        try {
            return runner.run();
        } finally {
            running.remove(runner);
        }
    }

    /** Asks what runs to stop after the batch it is at; does not wait for it. */
    @Override
    public void close() {
        running.forEach(PipegraphRunner::stop);
    }
}
