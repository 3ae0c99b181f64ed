package io.millrace.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.MillraceException;
import io.millrace.spi.BatchId;
import io.millrace.spi.Slice;
import io.millrace.testkit.MillraceSession;
import io.millrace.workflow.JobResult.Status;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run that did not finish is continued, by what was noted of it. */
@ExtendWith(MillraceSession.class)
class WorkflowStateIT {

    private final SparkSession session;
    private final Path folder;
    private final KeptSink first = new KeptSink();
    private final KeptSink half = new KeptSink();
    private final AtomicBoolean failing = new AtomicBoolean(true);
    private final KeptSink second = new KeptSink(batch -> {
        if (failing.get()) {
            throw MillraceException.external("the lake is gone", null);
        }
    });

    WorkflowStateIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    private WorkflowPlan plan() {
        return TestJob.workflow(
                2,
                folder,
                TestJob.writing("a", first).state(folder.resolve("jobs/a")),
                TestJob.named("b")
                        .etl("one", half)
                        .etl("two", second)
                        .after("a")
                        .state(folder.resolve("jobs/b")),
                TestJob.writing("c", first).after("b").state(folder.resolve("jobs/c")));
    }

    private WorkflowResult run(WorkflowRequest request) {
        return new WorkflowRunner(session, plan(), request, WorkflowListener.NONE).run();
    }

    private static List<Status> statuses(WorkflowResult result) {
        return List.of(
                result.job("a").status(),
                result.job("b").status(),
                result.job("c").status());
    }

    @Test
    void anUnfinishedRunIsContinued() {
        WorkflowResult failed = run(WorkflowRequest.all());
        failing.set(false);
        WorkflowResult continued = run(WorkflowRequest.all());

        assertThat(statuses(failed)).containsExactly(Status.DONE, Status.FAILED, Status.SKIPPED);
        assertThat(statuses(continued)).containsExactly(Status.DONE_BEFORE, Status.DONE, Status.DONE);
        assertThat(continued.runId()).isEqualTo(failed.runId());
        assertThat(continued.done()).isTrue();
        assertThat(continued.job("b").runId()).isEqualTo(failed.job("b").runId());
        assertThat(half.attempts()).hasSize(2);
        assertThat(half.committed()).hasSize(1);
        assertThat(first.committed())
                .extracting(BatchId::output)
                .extracting("pipegraph")
                .containsExactly("a", "c");
        assertThat(continued.job("b").etls().get(0).outputs().get(0).replayed()).isEqualTo(1);
    }

    @Test
    void aRunAfterOneThatFinishedIsANewOne() {
        failing.set(false);
        WorkflowResult one = run(WorkflowRequest.all());
        WorkflowResult two = run(WorkflowRequest.all());

        assertThat(statuses(two)).containsExactly(Status.DONE, Status.DONE, Status.DONE);
        assertThat(two.runId()).isNotEqualTo(one.runId());
        assertThat(half.committed()).hasSize(2);
    }

    @Test
    void anUnfinishedRunCanBeLeft() {
        WorkflowResult failed = run(WorkflowRequest.all());
        failing.set(false);
        WorkflowResult anew = run(WorkflowRequest.all().with(WorkflowRequest.Start.NEW));

        assertThat(statuses(anew)).containsExactly(Status.DONE, Status.DONE, Status.DONE);
        assertThat(anew.runId()).isNotEqualTo(failed.runId());
        assertThat(half.committed()).hasSize(2);
        assertThat(run(WorkflowRequest.all()).runId()).isNotIn(failed.runId(), anew.runId());
    }

    @Test
    void aRunThatWasAskedSomethingElseIsAnotherRun() {
        WorkflowRequest monday = new WorkflowRequest(WorkflowRequest.Start.CONTINUE, Map.of("day", "monday"));
        WorkflowRequest tuesday = new WorkflowRequest(WorkflowRequest.Start.CONTINUE, Map.of("day", "tuesday"));
        WorkflowResult failed = run(monday);
        failing.set(false);
        WorkflowResult other = run(tuesday);
        WorkflowResult continued = run(monday);

        assertThat(statuses(other)).containsExactly(Status.DONE, Status.DONE, Status.DONE);
        assertThat(statuses(continued)).containsExactly(Status.DONE_BEFORE, Status.DONE, Status.DONE);
        assertThat(continued.runId()).isEqualTo(failed.runId());
        assertThat(half.committed()).hasSize(2);
    }

    @Test
    void aRunOfAnotherSliceIsAnotherRun() {
        WorkflowRequest monday = onDay(8);
        WorkflowResult failed = run(monday);
        failing.set(false);
        WorkflowResult tuesday = run(onDay(9));
        WorkflowResult continued = run(monday);

        assertThat(statuses(tuesday)).containsExactly(Status.DONE, Status.DONE, Status.DONE);
        assertThat(statuses(continued)).containsExactly(Status.DONE_BEFORE, Status.DONE, Status.DONE);
        assertThat(continued.runId()).isEqualTo(failed.runId());
        assertThat(half.committed()).hasSize(2);
    }

    private static WorkflowRequest onDay(int day) {
        Slice slice = new Slice(LocalDate.of(2024, 1, day), List.of(), null);
        return new WorkflowRequest(WorkflowRequest.Start.CONTINUE, slice, Map.of());
    }

    @Test
    void withoutAStateOfTheWorkflowThatOfAPipegraphCounts() {
        TestJob job = TestJob.named("b").etl("one", half).etl("two", second).state(folder.resolve("own"));
        WorkflowPlan stateless = TestJob.workflow(1, null, job);

        WorkflowResult failed =
                new WorkflowRunner(session, stateless, WorkflowRequest.all(), WorkflowListener.NONE).run();
        failing.set(false);
        WorkflowResult continued =
                new WorkflowRunner(session, stateless, WorkflowRequest.all(), WorkflowListener.NONE).run();

        assertThat(continued.job("b").runId()).isEqualTo(failed.job("b").runId());
        assertThat(half.committed()).hasSize(1);
        assertThat(second.committed()).hasSize(1);
    }
}
