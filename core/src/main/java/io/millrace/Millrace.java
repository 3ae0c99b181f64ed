package io.millrace;

import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.latedata.LateDataRequest;
import io.millrace.latedata.LateDataResult;
import io.millrace.latedata.LateDataRunner;
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
import io.millrace.slices.SliceLedger;
import io.millrace.slices.SliceListener;
import io.millrace.slices.SliceRules;
import io.millrace.slices.SlicedRequest;
import io.millrace.slices.SlicedResult;
import io.millrace.slices.SlicedRunner;
import io.millrace.workflow.LoadedWorkflow;
import io.millrace.workflow.Workflow;
import io.millrace.workflow.WorkflowListener;
import io.millrace.workflow.WorkflowLoader;
import io.millrace.workflow.WorkflowPlan;
import io.millrace.workflow.WorkflowPlanner;
import io.millrace.workflow.WorkflowRequest;
import io.millrace.workflow.WorkflowResult;
import io.millrace.workflow.WorkflowRunner;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * The way in for programs: plans and runs pipegraphs and workflows on a Spark session.
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
    private final PluginRegistry plugins = PluginRegistry.ofClassPath();
    private final Planner planner = new Planner(plugins);
    private final Set<Runnable> running = ConcurrentHashMap.newKeySet();

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

    /**
     * Runs on the same session, with the settings of plugins ({@code plugin { … }}) from a file.
     *
     * @throws io.millrace.config.MillraceException of kind USER where the file is missing or not HOCON
     */
    public Millrace configuredBy(Path file) {
        return configuredBy(HoconReader.read(file, Map.of()));
    }

    /** Plans a pipegraph built in Java. */
    public PipegraphPlan plan(Pipegraph pipegraph) {
        return planner.plan(LoadedPipegraph.of(pipegraph, settings));
    }

    /** Plans the pipegraph of a file; settings of plugins are those of the file. */
    public PipegraphPlan plan(Path file) {
        return plan(file, Map.of());
    }

    /**
     * Plans the pipegraph of a file; settings of plugins are those of the file.
     *
     * @param overrides path to value, set over the file: {@code Map.of("lake", "/data/lake")}
     */
    public PipegraphPlan plan(Path file, Map<String, String> overrides) {
        return planner.plan(PipegraphLoader.load(file, overrides));
    }

    /** Runs all of a pipegraph. */
    public RunResult run(Pipegraph pipegraph) {
        return run(pipegraph, RunRequest.all());
    }

    /** Runs a pipegraph as requested. */
    public RunResult run(Pipegraph pipegraph, RunRequest request) {
        return run(plan(pipegraph), request);
    }

    /** Runs all of the pipegraph of a file; settings of plugins are those of the file. */
    public RunResult run(Path file) {
        return run(file, Map.of(), RunRequest.all());
    }

    /**
     * Runs the pipegraph of a file as requested; settings of plugins are those of the file.
     *
     * @param overrides path to value, set over the file: {@code Map.of("lake", "/data/lake")}
     */
    public RunResult run(Path file, Map<String, String> overrides, RunRequest request) {
        return run(plan(file, overrides), request);
    }

    /** Runs a plan as requested. Blocks until it is through, or {@link #close} is called by another thread. */
    public RunResult run(PipegraphPlan plan, RunRequest request) {
        return run(plan, request, RunListener.NONE);
    }

    /**
     * Runs a plan. Blocks until it is through, or {@link #close} is called by another thread.
     *
     * @throws io.millrace.config.MillraceException where an ETL fails
     */
    public RunResult run(PipegraphPlan plan, RunRequest request, RunListener listener) {
        PipegraphRunner runner = new PipegraphRunner(session, plan, request, listener);
        return whileRunning(runner::stop, runner::run);
    }

    /**
     * Runs a plan for many slices, several at once; those that are done already are skipped. Blocks until all have ended, or {@link #close} is called
     * by another thread.
     *
     * @return what became of each slice; that one failed is said there, see {@link SlicedResult#orThrow}
     * @throws io.millrace.config.MillraceException of kind USER where the pipegraph has no state folder, or makes no use of the slices
     */
    public SlicedResult run(PipegraphPlan plan, SlicedRequest request) {
        try (SliceLedger ledger =
                SliceLedger.open(session, plan.sliceLedger(), plan.pipegraph().name())) {
            SlicedRunner runner = new SlicedRunner(session, plan, ledger, request, SliceRules.NONE, SliceListener.NONE);
            return whileRunning(runner::stop, runner::run);
        }
    }

    /**
     * Runs a plan for the partitions of a table that are due, several at once: those that were not run yet, and those that changed after they were run.
     * Blocks until all have ended, or {@link #close} is called by another thread.
     *
     * @return what became of each slice; that one failed is said there
     * @throws io.millrace.config.MillraceException of kind USER where the pipegraph says nothing of late data, or the table is not what it should be
     */
    public LateDataResult run(PipegraphPlan plan, LateDataRequest request) {
        try (LateDataRunner runner = new LateDataRunner(session, plan, SliceListener.NONE)) {
            return whileRunning(runner::stop, () -> runner.run(request));
        }
    }

    /**
     * Returns what reads workflows: in HOCON, and in every language that is on the class path.
     *
     * @throws io.millrace.config.MillraceException of kind PLUGIN where a language is registered but cannot be created
     */
    public static WorkflowLoader workflows() {
        return WorkflowLoader.ofClassPath();
    }

    /** Plans a workflow that was read, or built in Java ({@link LoadedWorkflow#of}). */
    public WorkflowPlan plan(LoadedWorkflow workflow) {
        return new WorkflowPlanner(plugins).plan(workflow);
    }

    /**
     * Runs a workflow; a run of it that did not finish is continued. Blocks until every job has ended, or {@link #close} is called by another thread.
     *
     * @return what became of every job; that one failed is said there, see {@link WorkflowResult#orThrow}
     * @throws io.millrace.config.MillraceException of kind USER where something is wrong with it
     */
    public WorkflowResult run(Workflow workflow) {
        return run(plan(LoadedWorkflow.of(workflow)), WorkflowRequest.all(), WorkflowListener.NONE);
    }

    /** Runs a plan of a workflow as requested. Blocks until every job has ended, or {@link #close} is called by another thread. */
    public WorkflowResult run(WorkflowPlan plan, WorkflowRequest request, WorkflowListener listener) {
        WorkflowRunner runner = new WorkflowRunner(session, plan, request, listener);
        return whileRunning(runner::stop, runner::run);
    }

    private <T> T whileRunning(Runnable stop, Supplier<T> run) {
        running.add(stop);
        try {
            return run.get();
        } finally {
            running.remove(stop);
        }
    }

    /** Asks what runs to stop after the batch it is at; does not wait for it. */
    @Override
    public void close() {
        running.forEach(Runnable::run);
    }
}
