package io.millrace.workflow;

import io.millrace.internal.state.StateFolder;
import java.util.List;
import java.util.Optional;

/**
 * Jobs that run in one Spark application, each as soon as those it waits for are through. Plain data; whether the jobs' names and dependencies fit
 * together is for the loader to say, and for {@link LoadedWorkflow#of} where it comes from Java.
 *
 * @param name not blank
 * @param description for people; may be empty
 * @param maxConcurrentJobs how many jobs may run at once; at least 1
 * @param state the folder in which runs of the workflow are noted; empty where nothing is to be remembered
 * @param jobs at least one, in the order in which they are written
 */
public record Workflow(String name, String description, int maxConcurrentJobs, Optional<String> state, List<Job> jobs) {

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

    /** A workflow that remembers nothing. */
    public Workflow(String name, String description, int maxConcurrentJobs, List<Job> jobs) {
        this(name, description, maxConcurrentJobs, Optional.empty(), jobs);
    }

    /** Starts a workflow of that name. */
    public static WorkflowBuilder named(String name) {
        return new WorkflowBuilder(name);
    }

    /**
     * Returns the same workflow, which notes its runs below a folder. Jobs whose pipegraph names no state folder of its own get one there too, each
     * its own.
     */
    public Workflow remembering(String folder) {
        String own = StateFolder.below(folder, name);
        return new Workflow(
                name,
                description,
                maxConcurrentJobs,
                Optional.of(own),
                jobs.stream()
                        .map(job -> job.remembering(StateFolder.below(StateFolder.below(own, "jobs"), job.name())))
                        .toList());
    }
}
