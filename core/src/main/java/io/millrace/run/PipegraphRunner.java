package io.millrace.run;

import io.millrace.config.MillraceException;
import io.millrace.deadletter.LetterFilter;
import io.millrace.internal.ledger.Claim;
import io.millrace.internal.ledger.ClaimedWork;
import io.millrace.internal.ledger.Ledger;
import io.millrace.internal.spark.ActiveSession;
import io.millrace.internal.spark.Sessions;
import io.millrace.internal.spark.session.Metastore;
import io.millrace.internal.state.StampedId;
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
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

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
        return RunState.of(session, plan)
                .ledger()
                .map(ledger -> ledger.unfinished(BatchRun.work(RunRequest.of(slice))))
                .filter(unfinished -> !unfinished.isEmpty())
                .map(unfinished -> unfinished.get(unfinished.size() - 1).id());
    }

    /**
     * Runs the plan. Blocks until every ETL is through; with a stream that does not end, until {@link #stop}.
     *
     * @throws MillraceException where the ETLs make no use of the slice, or the session's metastore cannot be opened, or an ETL fails; what other ETLs and earlier batches committed stays committed
     */
    public RunResult run() {
        long started = System.nanoTime();
        plan.requireUse(request.slice());
        requireModels();
        Metastore.open(session);
        RunState state = RunState.of(session, plan);
        String id = request.replayed().isPresent()
                ? replay(state, request.replayed().get())
                : runAll(state);
        return new RunResult(
                plan.pipegraph().name(), id, results, stop.stopped(), Duration.ofNanos(System.nanoTime() - started));
    }

    /** A version of a model that no ETL reads would change nothing, without a word. */
    private void requireModels() {
        List<String> unknown = request.versions().keySet().stream()
                .filter(model -> plan.etls().stream()
                        .flatMap(etl -> etl.inputs().stream())
                        .noneMatch(input -> input.input().model().equals(model)))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw MillraceException.user("the run is to read a version of " + String.join(", ", unknown)
                    + ", which no ETL of pipegraph " + plan.pipegraph().name() + " reads");
        }
    }

    /** Asks the run to stop after the batches it is at. Returns at once; {@link #run} returns when all has stopped. */
    public void stop() {
        stop.stop();
    }

    /** Runs every ETL, and returns the id of the run. */
    private String runAll(RunState state) {
        BatchRun run = BatchRun.begin(state.ledger().orElse(null), plan, request);
        ending(run, plan.etls().size(), () -> {
            try (StreamThreads streams = new StreamThreads(stop)) {
                for (EtlPlan planned : plan.etls()) {
                    if (stop.stopped()) {
                        break;
                    }
                    EtlPlan etl = planned.ofRun(request.versions());
                    if (etl.etl().trigger().endless()) {
                        streams.start(() -> runOne(etl, context -> stream(etl, context, state)));
                    } else if (etl.etl().trigger().streaming()) {
                        runOne(etl, context -> stream(etl, context, state));
                    } else {
                        runOne(etl, context -> batch(etl, context, run, state, Map.of()));
                    }
                }
                streams.await();
            }
        });
        return run.id();
    }

    /** Has dead letters stand in for the input of their ETL, which is run alone; where there are none, nothing is run, and there is no id. */
    private String replay(RunState state, LetterFilter filter) {
        Optional<ReplayedLetters> claimed =
                ReplayedLetters.claim(Sessions.readingWhole(session), plan, state.ledger(), filter);
        if (claimed.isEmpty()) {
            return "";
        }
        ReplayedLetters letters = claimed.get();
        EtlPlan etl = letters.etl();
        BatchRun run = BatchRun.of(state.ledger().orElseThrow(), letters.claim());
        ending(
                run,
                1,
                () -> runOne(
                        etl, context -> batch(etl, context, run, state, letters.records(context.session(), plan))));
        return run.id();
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
            EtlPlan etl, ReadContext context, BatchRun run, RunState state, Map<String, Dataset<Row>> given) {
        run.discardLeft(context.session(), etl);
        PinnedLookups found = PinnedLookups.ofRun(
                plan.pipegraph().name(), etl, run.id(), state.folder().orElse(null));
        lookups.add(found);
        EtlResult result = new EtlBatch(plan.pipegraph().name(), etl, context, found, run.id(), 0, run).run(given);
        listener.batchFinished(result);
        new DeadLetterGuard(etl.etl()).check(result);
        return result;
    }

    /** Who finds another process at the same checkpoint reads nothing. */
    private EtlResult stream(EtlPlan etl, ReadContext context, RunState state) {
        if (state.folder().isEmpty()) {
            throw MillraceException.internal(
                    "the plan of a stream without a state folder should have been refused", null);
        }
        String pipegraph = plan.pipegraph().name();
        ClaimedWork work = new ClaimedWork(ClaimedWork.Kind.STREAM, etl.name());
        Claim claim = state.ledger().orElseThrow().claim(work, before -> new Ledger.Choice(StampedId.of("stream")));
        try (claim) {
            Checkpoint checkpoint =
                    new Checkpoints(pipegraph, etl, state.folder().get(), session, request.allowances()).open();
            return new EtlStream(pipegraph, etl, context, checkpoint, stop, listener).run();
        }
    }
}
