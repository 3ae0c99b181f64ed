package io.millrace.workflow;

import io.millrace.internal.spark.Sessions;
import io.millrace.run.ConnectedPlan;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * What a session knows about the jobs of a workflow besides: see {@link ConnectedPlan}.
 *
 * @param workflow its name
 * @param jobs in the plan's order
 */
public record ConnectedWorkflow(String workflow, List<ConnectedJob> jobs) {

    /**
     * What is known of one job.
     *
     * @param job its name
     * @param plan of its pipegraph
     */
    public record ConnectedJob(String job, ConnectedPlan plan) {}

    /** Copies the list. */
    public ConnectedWorkflow {
        jobs = List.copyOf(jobs);
    }

    /** Resolves the plan of each job against a session with the job's settings. */
    public static ConnectedWorkflow of(SparkSession session, WorkflowPlan plan) {
        return new ConnectedWorkflow(
                plan.workflow().name(),
                plan.jobs().stream().map(job -> connected(session, job)).toList());
    }

    /** Returns how many problems there are. */
    public int problems() {
        return jobs.stream().mapToInt(job -> job.plan().problems()).sum();
    }

    private static ConnectedJob connected(SparkSession session, PlannedJob planned) {
        Job job = planned.job();
        SparkSession own = Sessions.withDefaults(session, job.settings());
        List<String> before = job.after().stream().map(name -> "job " + name).toList();
        return new ConnectedJob(planned.name(), ConnectedPlan.of(own, planned.plan(), before));
    }
}
