package io.millrace.slices;

import io.millrace.config.MillraceException;
import io.millrace.config.MillraceException.Kind;
import io.millrace.internal.spark.session.SharedApplication;
import io.millrace.plan.PipegraphPlan;
import io.millrace.run.EtlResult;
import io.millrace.run.InputNumbers;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import io.millrace.slices.SliceEntry.Figures;
import io.millrace.slices.SliceLedger.Claimed;
import io.millrace.slices.SliceResult.Status;
import io.millrace.spi.Slice;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The run of one slice that is claimed. */
final class SliceRun {

    /** Commits of slices that run at once may be in each other's way, and storage may not answer for once. */
    private static final int MOST_TRIES = 3;

    private final SparkSession session;
    private final PipegraphPlan plan;
    private final Claimed.Ours claimed;
    private final RunRequest request;
    private final RunListener listener;
    private final long started = System.nanoTime();
    private List<EtlResult> etls = List.of();
    private @Nullable MillraceException failure;
    private volatile boolean stopped;
    private volatile @Nullable PipegraphRunner running;

    /** @param pinned the model of the input that is read as of the version in the claim; null where none is */
    SliceRun(
            SparkSession session,
            PipegraphPlan plan,
            Claimed.Ours claimed,
            @Nullable String pinned,
            RunListener listener) {
        this.session = session;
        this.plan = plan;
        this.claimed = claimed;
        RunRequest named = RunRequest.of(claimed.entry().slice())
                .named(String.valueOf(claimed.entry().run()));
        this.request = pinned == null || claimed.entry().version() == null
                ? named
                : named.reading(pinned, claimed.entry().version());
        this.listener = listener;
    }

    SliceEntry entry() {
        return claimed.entry();
    }

    void stop() {
        stopped = true;
        PipegraphRunner runner = running;
        if (runner != null) {
            runner.stop();
        }
    }

    /** Runs the slice, a few times where others are in the way, and returns what became of it. */
    Status attempt() {
        for (int tries = 1; !stopped; tries++) {
            try {
                String slice = entry().slice().name();
                return SharedApplication.as(
                        session, slice, "millrace/" + plan.pipegraph().name() + "/" + slice, this::run);
            } catch (MillraceException failed) {
                failure = failed;
            } catch (Throwable failed) { // Spark throws checked exceptions without declaring them
                failure = MillraceException.internal("slice " + entry().slice() + " failed: " + failed, failed);
            }
            if (failure.kind() != Kind.EXTERNAL || tries == MOST_TRIES) {
                return Status.FAILED;
            }
            LockSupport.parkNanos(
                    TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(100, 1_000L * tries)));
        }
        return failure == null ? Status.STOPPED : Status.FAILED;
    }

    private Status run() {
        PipegraphRunner runner = new PipegraphRunner(session, plan, request, listener);
        running = runner;
        try {
            if (stopped) {
                runner.stop();
            }
            RunResult result = runner.run();
            etls = result.etls();
            failure = null;
            return etls.size() == plan.etls().size() ? Status.DONE : Status.STOPPED;
        } finally {
            running = null;
        }
    }

    String failureText() {
        return failure == null ? "it was asked to stop before it was through" : String.valueOf(failure.getMessage());
    }

    Figures figures() {
        long read = etls.stream()
                .flatMap(etl -> etl.inputs().stream())
                .mapToLong(InputNumbers::read)
                .sum();
        long written = etls.stream()
                .flatMap(etl -> etl.outputs().stream())
                .mapToLong(output -> output.counts().committed())
                .sum();
        return new Figures(read, written, duration());
    }

    SliceResult result(Status status, List<Slice> requested) {
        SliceEntry before = claimed.before();
        String dead = before != null && before.state() == SliceState.RUNNING
                ? before.owner().orElse(null)
                : null;
        return new SliceResult(
                entry().slice(),
                status,
                entry(),
                dead,
                etls,
                requested,
                status == Status.FAILED ? failure : null,
                duration());
    }

    /** Returns that the ledger does not know how it ended. */
    SliceResult notNoted(MillraceException why) {
        if (failure != null) {
            why.addSuppressed(failure);
        }
        failure = why;
        return result(Status.FAILED, List.of());
    }

    private Duration duration() {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
