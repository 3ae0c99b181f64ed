package io.millrace.workflow;

import java.util.List;

/**
 * Jobs that run in one Spark application, each as soon as those it waits for are through. Plain data; whether the jobs' names and dependencies fit
 * together is for the plan to say.
 *
 * @param name not blank
 * @param description for people; may be empty
 * @param maxConcurrentJobs how many jobs may run at once; at least 1
 * @param jobs at least one, in the order in which they are written
 */
public record Workflow(String name, String description, int maxConcurrentJobs, List<Job> jobs) {

    /** How many jobs run at once where nobody says. */
    public static final int DEFAULT_CONCURRENT_JOBS = 4;

    /** Copies the list; refuses a blank name, no jobs, and a pool without room. */
    public Workflow {
        jobs = List.copyOf(jobs);
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a workflow must not be blank");
        }
        if (maxConcurrentJobs < 1) {
            throw new IllegalArgumentException("at least one job must be allowed to run at a time");
        }
        if (jobs.isEmpty()) {
            throw new IllegalArgumentException("a workflow needs at least one job");
        }
    }
}
