package io.millrace.slices;

import io.millrace.config.MillraceException;
import io.millrace.plan.PipegraphPlan;
import io.millrace.slices.SliceLedger.Claimed;
import io.millrace.slices.SliceResult.Status;
import io.millrace.spi.Slice;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Runs a plan for many slices, several at once, in one Spark application; Spark shares its cores fairly among them where {@code
 * spark.scheduler.mode} is {@code FAIR}. Each slice is claimed in the ledger before it is run, so that several processes may be at the same slices:
 * what is done is skipped, what failed or was left by a process that died is gone on with, and each is done once. When a slice fails, the others
 * go on.
 *
 * <p>{@link #run} blocks; {@link #stop} may be called by any thread.
 */
public final class SlicedRunner {

    private final SparkSession session;
    private final PipegraphPlan plan;
    private final SliceLedger ledger;
    private final SlicedRequest request;
    private final SliceRules rules;
    private final SliceListener listener;
    private final Set<SliceRun> active = ConcurrentHashMap.newKeySet();
    private final SlicesInOrder completions;
    private volatile boolean stopped;

    /** A runner for one run. */
    public SlicedRunner(
            SparkSession session,
            PipegraphPlan plan,
            SliceLedger ledger,
            SlicedRequest request,
            SliceRules rules,
            SliceListener listener) {
        this.session = session;
        this.plan = plan;
        this.ledger = ledger;
        this.request = request;
        this.rules = rules;
        this.listener = listener;
        this.completions = new SlicesInOrder(rules.inOrder() ? request.slices() : List.of());
    }

    /**
     * Runs the slices. Blocks until each is done, failed, or found to be done or held by others.
     *
     * @return what became of each; that one failed is said there, see {@link SlicedResult#orThrow}
     * @throws io.millrace.config.MillraceException of kind USER where an ETL makes no use of a slice, EXTERNAL where the ledger cannot be read or written
     */
    public SlicedResult run() {
        long started = System.nanoTime();
        requireUse();
        if (request.again()) {
            ledger.request(request.slices().stream()
                    .collect(Collectors.toMap(
                            Function.identity(), slice -> "asked for again", (one, other) -> one, LinkedHashMap::new)));
        }
        Map<Slice, SliceEntry> known = new HashMap<>();
        ledger.list().forEach(entry -> known.put(entry.slice(), entry));
        int threads =
                Math.max(1, Math.min(request.maxConcurrent(), request.slices().size()));
        try (SliceThreads pool = new SliceThreads(threads)) {
            List<Future<SliceResult>> results = request.slices().stream()
                    .map(slice -> pool.submit(() -> one(slice, known.get(slice))))
                    .toList();
            try {
                return new SlicedResult(
                        plan.pipegraph().name(),
                        results.stream().map(SlicedRunner::get).toList(),
                        Duration.ofNanos(System.nanoTime() - started));
            } catch (RuntimeException | Error failed) {
                stop();
                throw failed;
            }
        }
    }

    /** Slices of the same parts are used alike. */
    private void requireUse() {
        Map<Set<Slice.Part>, Slice> byParts = new LinkedHashMap<>();
        request.slices().forEach(slice -> byParts.putIfAbsent(slice.parts(), slice));
        byParts.values().forEach(plan::requireUse);
    }

    /** Asks the slices that run to stop after the batch they are at, and begins no more. Returns at once. */
    public void stop() {
        stopped = true;
        active.forEach(SliceRun::stop);
    }

    /** Runs a slice. Returns how it is noted what became of it. */
    private Supplier<SliceResult> one(Slice slice, @Nullable SliceEntry known) {
        try {
            Supplier<SliceResult> ending = run(slice, known);
            return () -> end(slice, ending);
        } catch (RuntimeException | Error broken) {
            completions.ended(slice);
            throw broken;
        }
    }

    private SliceResult end(Slice slice, Supplier<SliceResult> ending) {
        try {
            SliceResult result = ending.get();
            listener.sliceEnded(result);
            return result;
        } finally {
            completions.ended(slice);
        }
    }

    /** Runs a slice, unless there is no need to. Returns what has to be done to end it. */
    private Supplier<SliceResult> run(Slice slice, @Nullable SliceEntry known) {
        if (stopped) {
            return () -> SliceResult.notRun(slice, Status.STOPPED, known);
        }
        if (known != null && known.state() == SliceState.DONE) {
            return () -> SliceResult.notRun(slice, Status.DONE_BEFORE, known);
        }
        Claimed claimed = ledger.claim(slice, rules.pin().orElse(null));
        if (claimed instanceof Claimed.Done done) {
            return () -> SliceResult.notRun(slice, Status.DONE_BEFORE, done.entry());
        }
        if (claimed instanceof Claimed.Held held) {
            return () -> SliceResult.notRun(slice, Status.HELD, held.entry());
        }
        Claimed.Ours ours = (Claimed.Ours) claimed;
        try {
            return run(ours);
        } catch (RuntimeException | Error broken) {
            leave(ours.entry(), broken);
            throw broken;
        }
    }

    private Supplier<SliceResult> run(Claimed.Ours claimed) {
        listener.sliceStarted(claimed.entry());
        SliceRun run = new SliceRun(
                session,
                plan,
                claimed,
                rules.pin().map(SliceLedger.Pin::model).orElse(null),
                listener.runOf(claimed.entry().slice()));
        active.add(run);
        try {
            if (stopped) {
                run.stop();
            }
            Status status = run.attempt();
            return () -> ended(run, status);
        } finally {
            active.remove(run);
        }
    }

    /** A slice that this process is not at must not look as if it were. */
    private void leave(SliceEntry claimed, Throwable broken) {
        try {
            ledger.fail(claimed, String.valueOf(broken.getMessage()));
        } catch (RuntimeException notNoted) {
            broken.addSuppressed(notNoted);
        }
    }

    private SliceResult ended(SliceRun run, Status status) {
        try {
            if (status != Status.DONE) {
                ledger.fail(run.entry(), run.failureText());
                return run.result(status, List.of());
            }
            completions.await(run.entry().slice());
            List<Slice> requested =
                    ledger.complete(run.entry(), run.figures(), slices -> rules.requests(run.entry(), slices));
            return run.result(status, requested);
        } catch (MillraceException notNoted) { // what is committed stays; whoever goes on with the run finds it
            return run.notNoted(notNoted);
        }
    }

    private static SliceResult get(Future<SliceResult> result) {
        try {
            return Objects.requireNonNull(result.get());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw MillraceException.internal("interrupted while waiting for slices", interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw MillraceException.internal("a slice cannot be run: " + failed.getCause(), failed);
        }
    }
}
