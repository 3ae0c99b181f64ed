package io.millrace.run;

import io.millrace.config.MillraceException;
import io.millrace.internal.ledger.Claim;
import io.millrace.internal.ledger.Ledger;
import io.millrace.internal.ledger.Work;
import io.millrace.internal.spark.ActiveSession;
import io.millrace.internal.spark.Metastore;
import io.millrace.internal.spark.Sessions;
import io.millrace.internal.state.StampedId;
import io.millrace.internal.state.StateFolder;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PipegraphPlan;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Slice;
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
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
    private final List<PinnedLookups> lookups = Collections.synchronizedList(new ArrayList<>());

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
        return plan.pipegraph()
                .state()
                .map(folder ->
                        ledger(plan, new StateFolder(session, folder)).unfinished(BatchRun.work(RunRequest.of(slice))))
                .filter(unfinished -> !unfinished.isEmpty())
                .map(unfinished -> unfinished.get(unfinished.size() - 1).id());
    }

    /**
     * Runs the plan. Blocks until every ETL is through; with a stream that does not end, until {@link #stop}.
     *
     * @throws MillraceException where the ETLs make no use of the slice, or the session's metastore cannot be opened, or an ETL fails; what other ETLs and earlier batches committed stays committed
     */
    public RunResult run() {
        plan.requireUse(request.slice());
        long started = System.nanoTime();
        Metastore.open(session);
        @Nullable
        StateFolder state = plan.pipegraph()
                .state()
                .map(folder -> new StateFolder(session, folder))
                .orElse(null);
        Optional<Ledger> ledger = Optional.ofNullable(state).map(folder -> ledger(plan, folder));
        if (request.replayed().isPresent()) {
            return replay(started, state, ledger);
        }
        BatchRun run = BatchRun.begin(ledger.orElse(null), plan, request);
        runAll(run, state, ledger);
        return result(run.id(), started);
    }

    private RunResult result(String id, long started) {
        return new RunResult(
                plan.pipegraph().name(), id, results, stop.stopped(), Duration.ofNanos(System.nanoTime() - started));
    }

    /** Dead letters stand in for the input of their ETL, which is run alone; where there are none, nothing is run. */
    private RunResult replay(long started, @Nullable StateFolder state, Optional<Ledger> ledger) {
        ReplayedLetters letters = ReplayedLetters.claim(
                        Sessions.readingWhole(session),
                        plan,
                        ledger,
                        request.replayed().orElseThrow())
                .orElse(null);
        if (letters == null) {
            return result("", started);
        }
        BatchRun run = BatchRun.of(ledger.orElseThrow(), letters.claim());
        ending(
                run,
                1,
                () -> runOne(
                        letters.etl(),
                        context ->
                                batch(letters.etl(), context, run, state, letters.records(context.session(), plan))));
        return result(run.id(), started);
    }

    private static Ledger ledger(PipegraphPlan plan, StateFolder state) {
        return Ledger.ofPipegraph(state, plan.pipegraph().name());
    }

    private void runAll(BatchRun run, @Nullable StateFolder state, Optional<Ledger> ledger) {
        ending(run, plan.etls().size(), () -> {
            ExecutorService threads = Executors.newCachedThreadPool();
            List<Future<?>> streams = new ArrayList<>();
            try {
                for (EtlPlan planned : plan.etls()) {
                    if (stop.stopped()) {
                        break;
                    }
                    EtlPlan etl = planned.ofRun();
                    if (etl.etl().trigger().endless()) {
                        streams.add(threads.submit(() -> runStopping(etl, state, ledger)));
                    } else if (etl.etl().trigger().streaming()) {
                        runOne(etl, context -> stream(etl, context, state, ledger));
                    } else {
                        runOne(etl, context -> batch(etl, context, run, state, Map.of()));
                    }
                }
                await(streams);
            } finally {
                stopAll(streams, threads);
            }
        });
    }

    /**
     * Does the work of a run, and says how it ended.
     *
     * @param etls how many of them are to be through in the end
     */
    private void ending(BatchRun run, int etls, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error failed) {
            abandon(run, failed);
            throw failed;
        }
        if (results.size() == etls) {
            run.finish();
            lookups.forEach(PinnedLookups::forget);
        } else {
            run.stop();
        }
    }

    private void abandon(BatchRun run, Throwable failed) {
        try {
            if (run.abandon(failed)) {
                lookups.forEach(PinnedLookups::forget);
            }
        } catch (RuntimeException notNoted) { // such as a full disk, which may be why the run failed
            failed.addSuppressed(notNoted);
        }
    }

    /** Asks the run to stop after the batches it is at. Returns at once; {@link #run} returns when all has stopped. */
    public void stop() {
        stop.stop();
    }

    private void runStopping(EtlPlan etl, @Nullable StateFolder state, Optional<Ledger> ledger) {
        try {
            runOne(etl, context -> stream(etl, context, state, ledger));
        } catch (RuntimeException | Error failed) {
            stop.stop();
            throw failed;
        }
    }

    private void runOne(EtlPlan etl, Function<ReadContext, EtlResult> how) {
        listener.etlStarted(etl.name());
        ReadContext context = new ReadContext(Sessions.readingWhole(session), request.slice());
        session.sparkContext().setJobDescription(plan.pipegraph().name() + "/" + etl.name());
        try {
            EtlResult result = ActiveSession.supply(context.session(), () -> how.apply(context));
            results.add(result);
            listener.etlFinished(result);
        } finally {
            Sessions.forgetTables(session);
            session.sparkContext().setJobDescription(null);
        }
    }

    private EtlResult batch(
            EtlPlan etl,
            ReadContext context,
            BatchRun run,
            @Nullable StateFolder state,
            Map<String, Dataset<Row>> given) {
        run.discardLeft(context.session(), etl);
        PinnedLookups found = PinnedLookups.ofRun(plan.pipegraph().name(), etl, run.id(), state);
        lookups.add(found);
        EtlResult result = new EtlBatch(plan.pipegraph().name(), etl, context, found, run.id(), 0, run).run(given);
        listener.batchFinished(result);
        new DeadLetterGuard(etl.etl()).check(result);
        return result;
    }

    /** Who finds another process at the same checkpoint reads nothing. */
    private EtlResult stream(EtlPlan etl, ReadContext context, @Nullable StateFolder state, Optional<Ledger> ledger) {
        if (state == null) {
            throw MillraceException.internal(
                    "the plan of a stream without a state folder should have been refused", null);
        }
        String pipegraph = plan.pipegraph().name();
        Work work = new Work(Work.Kind.STREAM, etl.name());
        Claim claim = ledger.orElseThrow().claim(work, before -> new Ledger.Choice(StampedId.of("stream")));
        try (claim) {
            Checkpoint checkpoint = new Checkpoints(pipegraph, etl, state, session, request.allowances()).open();
            return new EtlStream(pipegraph, etl, context, checkpoint, stop, listener).run();
        }
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
