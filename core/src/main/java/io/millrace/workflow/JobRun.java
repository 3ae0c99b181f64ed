package io.millrace.workflow;

import io.millrace.config.MillraceException;
import io.millrace.config.MillraceException.Kind;
import io.millrace.internal.spark.Sessions;
import io.millrace.internal.spark.session.SharedApplication;
import io.millrace.plan.PlannedAction;
import io.millrace.run.EtlResult;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.spi.SparkErrors;
import io.millrace.workflow.JobResult.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A job of a run, from its first attempt to its end. All attempts run under one id, so that what one has committed is recognised by the next. They
 * follow each other, on any thread; {@link #stop} may be called meanwhile.
 */
final class JobRun {

    private final SparkSession application;
    private final SparkSession session;
    private final String workflow;
    private final PlannedJob job;
    private final RunRequest first;
    private final String runId;
    private final WorkflowListener listener;
    private final Map<String, EtlResult> etls = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<TableActionResult> actions = new ArrayList<>();
    private int attempts;
    private long started;
    private @Nullable MillraceException failure;
    private volatile boolean stopped;
    private volatile @Nullable PipegraphRunner running;

    /**
     * A job that has not begun.
     *
     * @param first what the first attempt is asked: a run with an id; the others go on with that run
     */
    JobRun(SparkSession session, String workflow, PlannedJob job, RunRequest first, WorkflowListener listener) {
        this.application = session;
        this.session = Sessions.withDefaults(session, job.job().settings());
        this.workflow = workflow;
        this.job = job;
        this.first = first;
        this.runId = first.start().run().orElseThrow();
        this.listener = listener;
    }

    String name() {
        return job.name();
    }

    Duration pause() {
        return job.job().retry().pause();
    }

    /** Asks it to stop after the batch it is at, and not to begin again. */
    void stop() {
        stopped = true;
        PipegraphRunner runner = running;
        if (runner != null) {
            runner.stop();
        }
    }

    /** Makes an attempt; returns what became of the job, or nothing where it is to be tried again after a pause. */
    Optional<JobResult> attempt() {
        if (stopped) {
            return Optional.of(ended(failure == null ? Status.STOPPED : Status.FAILED, "asked to stop"));
        }
        if (attempts == 0) {
            started = System.nanoTime();
        }
        attempts++;
        actions.clear();
        try {
            return SharedApplication.as(application, name(), WorkflowRunner.jobGroup(workflow, name()), () -> {
                listener.jobStarted(name(), attempts);
                failure = null;
                return Optional.of(
                        pipegraph() && act() ? ended(Status.DONE, "") : ended(Status.STOPPED, "asked to stop"));
            });
        } catch (Throwable failed) { // Spark throws checked exceptions without declaring them
            return failed(understood(failed));
        } finally {
            running = null;
        }
    }

    /** Returns whether all of it was run. */
    private boolean pipegraph() {
        if (job.plan().etls().isEmpty()) {
            return true;
        }
        PipegraphRunner runner = new PipegraphRunner(
                session,
                job.plan(),
                attempts == 1 ? first : first.named(runId),
                new Heard(listener.pipegraphOf(name())));
        running = runner;
        if (stopped) {
            runner.stop();
        }
        return runner.run().etls().size() == job.plan().etls().size();
    }

    private boolean act() {
        for (PlannedAction each : job.actions()) {
            if (stopped) {
                return false;
            }
            String what = each.action().name() + " on " + each.action().model();
            try {
                Map<String, Object> details = each.work().run(Sessions.beside(session));
                actions.add(new TableActionResult(
                        each.action().name(), each.action().model(), details));
            } catch (Exception failed) { // Spark throws checked exceptions without declaring them
                throw SparkErrors.of(what, failed);
            } finally {
                Sessions.forgetTables(session);
            }
        }
        return true;
    }

    private Optional<JobResult> failed(MillraceException why) {
        failure = why;
        if (!stopped
                && attempts <= job.job().retry().count()
                && worthIt(job.job().retry().on(), why.kind())) {
            listener.jobWillBeRetried(name(), attempts, why, pause());
            return Optional.empty();
        }
        return Optional.of(ended(Status.FAILED, ""));
    }

    private MillraceException understood(Throwable failed) {
        return failed instanceof MillraceException ours
                ? ours
                : MillraceException.internal("job " + name() + " failed: " + failed, failed);
    }

    private static boolean worthIt(JobRetry.On on, Kind kind) {
        return switch (on) {
            case ALWAYS -> true;
            case FAILURE -> kind == Kind.USER || kind == Kind.PLUGIN;
            case ERROR -> kind == Kind.EXTERNAL || kind == Kind.INTERNAL;
            case TRANSIENT -> kind == Kind.EXTERNAL;
        };
    }

    private JobResult ended(Status status, String reason) {
        Duration duration = attempts == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - started);
        synchronized (etls) {
            return new JobResult(
                    name(),
                    status,
                    attempts,
                    runId,
                    List.copyOf(etls.values()),
                    actions,
                    status == Status.FAILED ? failure : null,
                    reason,
                    duration);
        }
    }

    /** Adds up what the ETLs do over all attempts, and passes it on. */
    private final class Heard implements RunListener {

        private final RunListener listener;

        Heard(RunListener listener) {
            this.listener = listener;
        }

        @Override
        public void etlStarted(String etl) {
            listener.etlStarted(etl);
        }

        @Override
        public void batchFinished(EtlResult batch) {
            listener.batchFinished(batch);
        }

        @Override
        public void etlFinished(EtlResult result) {
            etls.merge(result.etl(), result, EtlResult::plus);
            listener.etlFinished(result);
        }
    }
}
