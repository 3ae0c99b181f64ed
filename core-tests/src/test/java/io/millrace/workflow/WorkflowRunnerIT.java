package io.millrace.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.config.MillraceException.Kind;
import io.millrace.testkit.MillraceSession;
import io.millrace.workflow.JobResult.Status;
import io.millrace.workflow.JobRetry.On;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(MillraceSession.class)
class WorkflowRunnerIT {

    private static final JobRetry ONCE = new JobRetry(1, Duration.ZERO, On.TRANSIENT);

    private final SparkSession session;
    private final Events events = new Events();

    WorkflowRunnerIT(SparkSession session) {
        this.session = session;
    }

    private WorkflowResult run(int atOnce, TestJob... jobs) {
        return new WorkflowRunner(session, TestJob.workflow(atOnce, null, jobs), WorkflowRequest.all(), events).run();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(2, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw MillraceException.internal("nobody came", alone);
        }
    }

    private static KeptSink failing(int times, RuntimeException failure) {
        AtomicInteger left = new AtomicInteger(times);
        return new KeptSink(batch -> {
            if (left.getAndDecrement() > 0) {
                throw failure;
            }
        });
    }

    private static MillraceException gone() {
        return MillraceException.external("the lake is gone", null);
    }

    @Test
    void jobsThatWaitForNothingRunSideBySide() {
        CyclicBarrier barrier = new CyclicBarrier(2);
        KeptSink sum = new KeptSink();

        WorkflowResult result = run(
                4,
                TestJob.writing("one", new KeptSink(batch -> meet(barrier))),
                TestJob.writing("two", new KeptSink(batch -> meet(barrier))),
                TestJob.writing("sum", sum).after("one", "two"));

        assertThat(result.done()).isTrue();
        assertThat(result.jobs()).extracting(JobResult::job).endsWith("sum");
        assertThat(events.heard()).endsWith("sum attempt 1", "sum DONE");
        assertThat(sum.committed()).hasSize(1);
    }

    @Test
    void noMoreJobsRunAtOnceThanThereIsRoomFor() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        TestJob[] jobs = new TestJob[6];
        for (int i = 0; i < jobs.length; i++) {
            jobs[i] = TestJob.named("j" + i)
                    .etl("begin", new KeptSink(batch -> most.accumulateAndGet(running.incrementAndGet(), Math::max)))
                    .etl("end", new KeptSink(batch -> running.decrementAndGet()));
        }

        assertThat(run(2, jobs).done()).isTrue();
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void eachJobHasAPoolOfSparksScheduler() {
        Map<String, String> pools = new ConcurrentHashMap<>();
        KeptSink asking = new KeptSink(batch -> pools.put(
                batch.id().output().pipegraph(), session.sparkContext().getLocalProperty("spark.scheduler.pool")));

        assertThat(run(2, TestJob.writing("one", asking), TestJob.writing("two", asking))
                        .done())
                .isTrue();
        assertThat(pools).isEqualTo(Map.of("one", "one", "two", "two"));
    }

    @Test
    void whatWaitsForAJobThatFailedIsSkippedAndTheRestGoesOn() {
        KeptSink other = new KeptSink();

        WorkflowResult result = run(
                1,
                TestJob.writing("a", failing(1, gone())),
                TestJob.writing("d", other),
                TestJob.writing("b", new KeptSink()).after("a"),
                TestJob.writing("c", new KeptSink()).after("b", "d"),
                TestJob.writing("e", other).after("d"));

        assertThat(result.done()).isFalse();
        assertThat(result.stopped()).isFalse();
        assertThat(events.heard())
                .hasSize(9)
                .containsSubsequence("workflow, done before: []", "a attempt 1", "a FAILED", "b SKIPPED", "c SKIPPED")
                .containsSubsequence("a attempt 1", "d attempt 1", "d DONE", "e attempt 1", "e DONE");
        assertThat(result.job("c"))
                .isEqualTo(new JobResult(
                        "c", Status.SKIPPED, 0, "", List.of(), List.of(), null, "a failed", Duration.ZERO));
        assertThat(result.job("d").rows()).isEqualTo(10);
        assertThat(result.job("d").commits()).containsExactly("c1");
        assertThat(result.job("e").commits()).containsExactly("c2");
        assertThatThrownBy(result::orThrow)
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(Kind.EXTERNAL))
                .hasMessage("workflow w: job a failed: the lake is gone")
                .hasCauseInstanceOf(MillraceException.class);
    }

    @Test
    void theFirstOfSeveralFailuresDecides() {
        WorkflowResult result = run(
                1,
                TestJob.writing("a", failing(1, MillraceException.user("no such column"))),
                TestJob.writing("b", failing(1, gone())));

        assertThatThrownBy(result::orThrow)
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(Kind.USER))
                .hasMessage("workflow w: job a (the first of 2 that failed) failed: no such column");
    }

    @Test
    void anAttemptContinuesTheOneBefore() {
        KeptSink first = new KeptSink();
        KeptSink second = failing(1, gone());
        KeptSink third = new KeptSink();

        JobResult job = run(
                        1,
                        TestJob.named("a")
                                .etl("one", first)
                                .etl("two", second, third)
                                .retry(ONCE))
                .job("a");

        assertThat(job.status()).isEqualTo(Status.DONE);
        assertThat(job.attempts()).isEqualTo(2);
        assertThat(first.attempts()).hasSize(2);
        assertThat(Set.copyOf(first.attempts())).hasSize(1);
        assertThat(Set.copyOf(second.attempts())).hasSize(1);
        assertThat(first.committed()).hasSize(1);
        assertThat(second.committed()).hasSize(1);
        assertThat(third.committed()).hasSize(1);
        assertThat(job.rows()).isEqualTo(30);
        assertThat(first.committed().get(0).request()).isEqualTo(job.runId());
        assertThat(events.heard())
                .containsExactly(
                        "workflow, done before: []",
                        "a attempt 1",
                        "a failed, again after 0 ms: the lake is gone",
                        "a attempt 2",
                        "a DONE");
    }

    @Test
    void aJobThatGoesOnFailingHasFailed() {
        KeptSink sink = failing(5, gone());

        JobResult job = run(1, TestJob.writing("a", sink).retry(new JobRetry(2, Duration.ofMillis(1), On.ALWAYS)))
                .job("a");

        assertThat(job.status()).isEqualTo(Status.FAILED);
        assertThat(job.attempts()).isEqualTo(3);
        assertThat(job.failure())
                .hasValueSatisfying(failure -> assertThat(failure).hasMessage("the lake is gone"));
        assertThat(sink.attempts()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "ALWAYS,    USER,     2", "ALWAYS,    PLUGIN,   2", "ALWAYS,    EXTERNAL, 2", "ALWAYS,    INTERNAL, 2",
        "FAILURE,   USER,     2", "FAILURE,   PLUGIN,   2", "FAILURE,   EXTERNAL, 1", "FAILURE,   INTERNAL, 1",
        "ERROR,     USER,     1", "ERROR,     PLUGIN,   1", "ERROR,     EXTERNAL, 2", "ERROR,     INTERNAL, 2",
        "TRANSIENT, USER,     1", "TRANSIENT, PLUGIN,   1", "TRANSIENT, EXTERNAL, 2", "TRANSIENT, INTERNAL, 1"
    })
    void whatIsRetriedDependsOnWhoCanMendIt(On on, Kind kind, int attempts) {
        MillraceException failure =
                switch (kind) {
                    case USER -> MillraceException.user("x");
                    case PLUGIN -> MillraceException.plugin("x", null);
                    case EXTERNAL -> MillraceException.external("x", null);
                    case INTERNAL -> MillraceException.internal("x", null);
                };

        JobResult job = run(1, TestJob.writing("a", failing(1, failure)).retry(new JobRetry(1, Duration.ZERO, on)))
                .job("a");

        assertThat(job.attempts()).isEqualTo(attempts);
        assertThat(job.status()).isEqualTo(attempts == 2 ? Status.DONE : Status.FAILED);
    }

    @Test
    void tablesAreActedOnWhenThePipegraphIsThrough() {
        KeptSink sink = new KeptSink();
        AtomicInteger times = new AtomicInteger();

        JobResult job = run(
                        1,
                        TestJob.writing("a", sink)
                                .action(
                                        "expire",
                                        own -> Map.of(
                                                "committed", sink.committed().size(), "own", own != session))
                                .action("rewrite", own -> {
                                    if (times.incrementAndGet() == 1) {
                                        throw gone();
                                    }
                                    return Map.of();
                                })
                                .retry(ONCE))
                .job("a");

        assertThat(job.status()).isEqualTo(Status.DONE);
        assertThat(job.attempts()).isEqualTo(2);
        assertThat(job.actions())
                .containsExactly(
                        new TableActionResult("expire", "out0", Map.of("committed", 1, "own", true)),
                        new TableActionResult("rewrite", "out0", Map.of()));
        assertThat(sink.committed()).hasSize(1);
    }

    @Test
    void aJobMayOnlyActOnTables() {
        JobResult job = run(1, TestJob.named("a").action("expire", own -> Map.of("expired", 3)))
                .job("a");

        assertThat(job.status()).isEqualTo(Status.DONE);
        assertThat(job.etls()).isEmpty();
        assertThat(job.actions()).containsExactly(new TableActionResult("expire", "out0", Map.of("expired", 3)));
    }

    @Test
    void anActionThatBreaksFailsItsJob() {
        JobResult job = run(1, TestJob.named("a").action("expire", own -> {
                    throw new IllegalStateException("no snapshots");
                }))
                .job("a");

        assertThat(job.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.PLUGIN);
            assertThat(failure).hasMessage("expire on out0: IllegalStateException: no snapshots");
        });
    }

    @Test
    void aWorkflowThatIsAskedToStopFinishesTheBatchesAtHand() {
        AtomicReference<WorkflowRunner> runner = new AtomicReference<>();
        KeptSink first = new KeptSink(batch -> runner.get().stop());
        KeptSink never = new KeptSink();
        runner.set(new WorkflowRunner(
                session,
                TestJob.workflow(
                        1,
                        null,
                        TestJob.named("a").etl("one", first).etl("two", never),
                        TestJob.writing("b", never),
                        TestJob.writing("c", never).after("a")),
                WorkflowRequest.all(),
                events));

        WorkflowResult result = runner.get().run();

        assertThat(first.committed()).hasSize(1);
        assertThat(never.attempts()).isEmpty();
        assertThat(result.stopped()).isTrue();
        assertThat(result.with(Status.STOPPED)).extracting(JobResult::job).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(result.job("a").rows()).isEqualTo(10);
        assertThat(result.job("a").reason()).isEqualTo("asked to stop");
        assertThat(result.orThrow()).isSameAs(result);
    }

    @Test
    void aJobThatPausesIsNotWaitedForWhenTheWorkflowIsToStop() {
        AtomicReference<WorkflowRunner> runner = new AtomicReference<>();
        WorkflowListener stopping = new WorkflowListener() {
            @Override
            public void jobWillBeRetried(String job, int attempt, MillraceException failure, Duration pause) {
                runner.get().stop();
            }
        };
        runner.set(new WorkflowRunner(
                session,
                TestJob.workflow(
                        1,
                        null,
                        TestJob.writing("a", failing(1, gone())).retry(new JobRetry(1, Duration.ofDays(1), On.ALWAYS))),
                WorkflowRequest.all(),
                stopping));

        JobResult job = runner.get().run().job("a");

        assertThat(job.status()).isEqualTo(Status.FAILED);
        assertThat(job.attempts()).isEqualTo(1);
    }

    @Test
    void anErrorOfTheJvmFailsItsJobAndNoOther() {
        KeptSink linking = new KeptSink(batch -> {
            throw new NoClassDefFoundError("com/acme/Gone");
        });

        WorkflowResult result = run(1, TestJob.writing("a", linking), TestJob.writing("b", new KeptSink()));

        assertThat(result.job("a").failure()).hasValueSatisfying(failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.INTERNAL);
            assertThat(failure).hasMessage("job a failed: java.lang.NoClassDefFoundError: com/acme/Gone");
        });
        assertThat(result.job("b").status()).isEqualTo(Status.DONE);
    }

    @Test
    void aListenerThatBreaksEndsTheRun() {
        WorkflowListener broken = new WorkflowListener() {
            @Override
            public void jobEnded(JobResult result) {
                throw new IllegalStateException("cannot hear");
            }
        };
        WorkflowRunner runner = new WorkflowRunner(
                session,
                TestJob.workflow(1, null, TestJob.writing("a", new KeptSink()), TestJob.writing("b", new KeptSink())),
                WorkflowRequest.all(),
                broken);

        assertThatThrownBy(runner::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cannot hear");
    }
}
