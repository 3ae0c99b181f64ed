package io.millrace.run;

import io.millrace.config.MillraceException;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PipegraphPlan;
import io.millrace.spark.Metastore;
import io.millrace.spark.Sessions;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Slice;
import io.millrace.state.StateFolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Runs a plan once. ETLs that end by themselves run one after the other, in the plan's order; streams that do not end run side by side. When one
 * fails, the others stop after the batch they are at, and the failure is thrown.
 *
 * <p>{@link #run} blocks; {@link #stop} may be called by any thread.
 */
public final class PipegraphRunner {

    private final SparkSession session;
    private final PipegraphPlan plan;
    private final RunRequest request;
    private final RunListener listener;
    private final StopSignal stop = new StopSignal();
    private final List<EtlResult> results = Collections.synchronizedList(new ArrayList<>());
    private final List<Findings> findings = Collections.synchronizedList(new ArrayList<>());

    /** A runner for one run. */
    public PipegraphRunner(SparkSession session, PipegraphPlan plan, RunRequest request, RunListener listener) {
        this.session = session;
        this.plan = plan;
        this.request = request;
        this.listener = listener;
    }

    /**
     * Returns the id of the last batch run of a slice that did not finish, and can be continued; empty where there is none, or nothing is remembered.
     *
     * @throws MillraceException of kind EXTERNAL where the state folder cannot be read
     */
    public static Optional<String> unfinished(SparkSession session, PipegraphPlan plan, Slice slice) {
        return plan.pipegraph().state().flatMap(folder -> new RunLedger(
                        new StateFolder(session, folder), plan.pipegraph().name())
                .lastUnfinished(slice));
    }

    /**
     * Runs the plan. Blocks until every ETL is through; with a stream that does not end, until {@link #stop}.
     *
     * @throws MillraceException where the session's metastore cannot be opened, or an ETL fails; what other ETLs and earlier batches committed stays committed
     */
    public RunResult run() {
        long started = System.nanoTime();
        Metastore.open(session);
        @Nullable
        StateFolder state = plan.pipegraph()
                .state()
                .map(folder -> new StateFolder(session, folder))
                .orElse(null);
        RunLedger ledger = new RunLedger(state, plan.pipegraph().name());
        BatchRun run = ledger.begin(plan, request);
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> streams = new ArrayList<>();
        try {
            for (EtlPlan etl : plan.etls()) {
                if (stop.stopped()) {
                    break;
                }
                if (etl.etl().trigger().endless()) {
                    streams.add(threads.submit(() -> runStopping(etl, run, state)));
                } else {
                    runOne(etl, run, state);
                }
            }
            await(streams);
        } catch (RuntimeException failed) {
            if (run.abandon()) {
                findings.forEach(Findings::forget);
            }
            throw failed;
        } finally {
            stopAll(streams, threads);
        }
        if (results.size() == plan.etls().size()) {
            run.finish();
            findings.forEach(Findings::forget);
        }
        return new RunResult(
                plan.pipegraph().name(),
                run.id(),
                results,
                stop.stopped(),
                Duration.ofNanos(System.nanoTime() - started));
    }

    /** Asks the run to stop after the batches it is at. Returns at once; {@link #run} returns when all has stopped. */
    public void stop() {
        stop.stop();
    }

    private void runStopping(EtlPlan etl, BatchRun run, @Nullable StateFolder state) {
        try {
            runOne(etl, run, state);
        } catch (RuntimeException | Error failed) {
            stop.stop();
            throw failed;
        }
    }

    private void runOne(EtlPlan etl, BatchRun run, @Nullable StateFolder state) {
        listener.etlStarted(etl.name());
        ReadContext context = new ReadContext(Sessions.readingWhole(session), request.slice());
        session.sparkContext().setJobDescription(plan.pipegraph().name() + "/" + etl.name());
        try {
            EtlResult result =
                    etl.etl().trigger().streaming() ? stream(etl, context, state) : batch(etl, context, run, state);
            results.add(result);
            listener.etlFinished(result);
        } finally {
            Sessions.forgetTables(session);
            session.sparkContext().setJobDescription(null);
        }
    }

    private EtlResult batch(EtlPlan etl, ReadContext context, BatchRun run, @Nullable StateFolder state) {
        run.discardLeft(context.session(), etl);
        Findings found = Findings.ofRun(etl, run.id(), state);
        findings.add(found);
        EtlResult result = new EtlBatch(etl, context, found, run.id(), 0, run).run(Map.of());
        listener.batchFinished(result);
        new DeadLetterGuard(etl.etl()).check(result);
        return result;
    }

    private EtlResult stream(EtlPlan etl, ReadContext context, @Nullable StateFolder state) {
        if (state == null) {
            throw MillraceException.internal(
                    "the plan of a stream without a state folder should have been refused", null);
        }
        Checkpoint checkpoint = Checkpoint.of(etl, state, session, request.allowances());
        return new EtlStream(plan.pipegraph().name(), etl, context, checkpoint, stop, listener).run();
    }

    private static void await(List<Future<?>> streams) {
        for (Future<?> stream : streams) {
            try {
                stream.get();
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof MillraceException ours) {
                    throw ours;
                }
                throw MillraceException.internal("a stream failed: " + failed.getCause(), failed.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw MillraceException.internal("interrupted while waiting for streams", interrupted);
            }
        }
    }

    /** Leaves no stream running, whatever happened. */
    private void stopAll(List<Future<?>> streams, ExecutorService threads) {
        if (streams.stream().anyMatch(stream -> !stream.isDone())) {
            stop.stop();
        }
        threads.shutdown();
        try {
            boolean done = threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            assert done : "streams end some day";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
