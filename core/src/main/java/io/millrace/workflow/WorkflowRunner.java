package io.millrace.workflow;

import io.millrace.config.MillraceException;
import io.millrace.internal.ledger.Ledger;
import io.millrace.internal.spark.session.SharedApplication;
import io.millrace.internal.state.StampedId;
import io.millrace.internal.state.StateFolder;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunRequest;
import io.millrace.run.Start;
import io.millrace.workflow.JobResult.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Runs a workflow once, in one Spark application. A job begins when those it waits for are done, and as soon as there is room; Spark shares its cores
 * fairly among the jobs, where {@code spark.scheduler.mode} is {@code FAIR}. When a job fails, those that wait for it are skipped, and the others go
 * on.
 *
 * <p>{@link #run} blocks; {@link #stop} may be called by any thread.
 */
public final class WorkflowRunner {

    private final SparkSession session;
    private final WorkflowPlan plan;
    private final WorkflowRequest request;
    private final WorkflowListener listener;
    private final JobQueue queue;
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final Map<JobRun, Runnable> active = new ConcurrentHashMap<>();
    private final List<JobResult> results = new ArrayList<>();
    private volatile boolean stopped;

    /**
     * What the thread that runs is told.
     *
     * @param job whose attempt is over; null where the workflow is asked to stop
     * @param result what became of the job; null where it is to be tried again
     * @param broken what went wrong with the run itself, or null
     */
    private record Message(@Nullable JobRun job, @Nullable JobResult result, @Nullable Throwable broken) {}

    /** A runner for one run. */
    public WorkflowRunner(SparkSession session, WorkflowPlan plan, WorkflowRequest request, WorkflowListener listener) {
        this.session = session;
        this.plan = plan;
        this.request = request;
        this.listener = listener;
        this.queue = new JobQueue(plan.jobs());
    }

    /**
     * Runs the workflow. Blocks until every job has ended; with a stream that does not end, until {@link #stop}.
     *
     * @return what became of every job; that one failed is said there, see {@link WorkflowResult#orThrow}
     * @throws MillraceException where the state folder cannot be read or written
     */
    public WorkflowResult run() {
        requireUse();
        long started = System.nanoTime();
        WorkflowProgress run = begun();
        try {
            WorkflowResult result = run(run, started);
            if (result.done()) {
                run.finish();
            } else {
                run.leave(result.jobs().stream()
                        .filter(job -> job.status() != Status.DONE && job.status() != Status.DONE_BEFORE)
                        .map(job -> job.job() + " " + job.status())
                        .collect(Collectors.joining(", ")));
            }
            return result;
        } catch (RuntimeException | Error failed) {
            run.leave(String.valueOf(failed.getMessage()));
            throw failed;
        }
    }

    /** A slice is that of every job. */
    private void requireUse() {
        List<String> problems = new ArrayList<>();
        for (PlannedJob job : plan.jobs()) {
            job.plan()
                    .sliceProblems(request.slice())
                    .forEach(problem -> problems.add("job " + job.name() + ": " + problem));
        }
        if (!problems.isEmpty()) {
            throw MillraceException.user(String.join("\n", problems));
        }
    }

    private WorkflowResult run(WorkflowProgress run, long started) {
        Set<String> before = new LinkedHashSet<>();
        plan.jobs().stream().map(PlannedJob::name).filter(run::done).forEach(before::add);
        listener.workflowStarted(run.id(), before);
        before.forEach(job -> {
            queue.done(job);
            end(JobResult.notRun(job, Status.DONE_BEFORE, "done before"));
        });
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(
                Math.min(plan.workflow().maxConcurrentJobs(), plan.jobs().size()));
        pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        try {
            runAll(run, pool);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw MillraceException.internal("interrupted while waiting for jobs", interrupted);
        } finally {
            active.keySet().forEach(JobRun::stop);
            pool.shutdown();
            SharedApplication.awaitEnd(pool);
        }
        queue.takeAll().forEach(job -> end(JobResult.notRun(job, Status.STOPPED, "asked to stop")));
        return new WorkflowResult(
                plan.workflow().name(), run.id(), results, Duration.ofNanos(System.nanoTime() - started));
    }

    /** Returns the group by which Spark knows what it computes for a job. */
    public static String jobGroup(String workflow, String job) {
        return "millrace/" + workflow + "/" + job;
    }

    /** Asks the jobs to stop after the batches they are at. Returns at once; {@link #run} returns when all have stopped. */
    public void stop() {
        stopped = true;
        active.keySet().forEach(JobRun::stop);
        messages.add(new Message(null, null, null));
    }

    private WorkflowProgress begun() {
        return plan.workflow()
                .state()
                .map(folder -> WorkflowProgress.begin(
                        Ledger.ofWorkflow(
                                new StateFolder(session, folder),
                                plan.workflow().name()),
                        request))
                .orElseGet(WorkflowProgress::forgotten);
    }

    private void runAll(WorkflowProgress run, ScheduledThreadPoolExecutor pool) throws InterruptedException {
        while (true) {
            if (!stopped) {
                queue.takeReady().forEach(job -> begin(job, run, pool));
            }
            if (active.isEmpty()) {
                return;
            }
            Message message = messages.take();
            if (message.broken() != null) {
                throw broken(message.broken());
            }
            JobRun job = message.job();
            if (job == null) {
                active.forEach((each, attempt) -> stop(each, attempt, pool));
            } else if (message.result() == null) {
                active.put(job, submit(job, job.pause(), pool));
                if (stopped) {
                    messages.add(new Message(null, null, null));
                }
            } else {
                active.remove(job);
                ended(message.result(), run);
            }
        }
    }

    private void begin(PlannedJob planned, WorkflowProgress run, ScheduledThreadPoolExecutor pool) {
        Optional<String> known = run.runOf(planned.name());
        boolean anew = request.start() == WorkflowRequest.Start.NEW;
        String id = known.or(() -> anew ? Optional.empty() : left(planned)).orElseGet(() -> StampedId.of("run"));
        if (known.isEmpty()) {
            run.begin(planned.name(), id);
        }
        Start start = anew ? new Start.LeaveUnfinished(Optional.of(id)) : new Start.Named(id);
        RunRequest first = RunRequest.of(request.slice()).with(start);
        JobRun job = new JobRun(session, plan.workflow().name(), planned, first, listener);
        active.put(job, submit(job, Duration.ZERO, pool));
    }

    /** Where the workflow itself remembers nothing, the pipegraph of a job may. */
    private Optional<String> left(PlannedJob job) {
        return plan.workflow().state().isPresent()
                ? Optional.empty()
                : PipegraphRunner.unfinished(session, job.plan(), request.slice());
    }

    private Runnable submit(JobRun job, Duration pause, ScheduledThreadPoolExecutor pool) {
        return (RunnableScheduledFuture<?>) pool.schedule(
                () -> {
                    try {
                        messages.add(new Message(job, job.attempt().orElse(null), null));
                    } catch (Throwable broken) {
                        messages.add(new Message(job, null, broken));
                    }
                },
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Stops a job; one that has not begun, or pauses, ends at once. */
    private void stop(JobRun job, Runnable attempt, ScheduledThreadPoolExecutor pool) {
        job.stop();
        if (pool.remove(attempt)) {
            messages.add(new Message(job, job.attempt().orElseThrow(), null));
        }
    }

    private void ended(JobResult result, WorkflowProgress run) {
        if (result.status() == Status.DONE) {
            run.finish(result.job());
            queue.done(result.job());
        }
        end(result);
        if (result.status() == Status.FAILED) {
            queue.takeThoseAfter(result.job())
                    .forEach(job -> end(JobResult.notRun(job, Status.SKIPPED, result.job() + " failed")));
        }
    }

    private void end(JobResult result) {
        results.add(result);
        listener.jobEnded(result);
    }

    private static RuntimeException broken(Throwable broken) {
        return broken instanceof RuntimeException ours
                ? ours
                : MillraceException.internal("the workflow cannot go on: " + broken, broken);
    }
}
