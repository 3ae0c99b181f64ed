package io.millrace.workflow;

import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.model.Pipegraph;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a workflow. Not for use by several threads. */
public final class WorkflowBuilder {

    private final String name;
    private String description = "";
    private int maxConcurrentJobs = Workflow.DEFAULT_CONCURRENT_JOBS;
    private @Nullable String state;
    private ConfigDocument settings = HoconReader.parse("settings", "");
    private final List<JobBuilder> jobs = new ArrayList<>();

    WorkflowBuilder(String name) {
        this.name = name;
    }

    /** Says what it is for. */
    public WorkflowBuilder description(String text) {
        this.description = text;
        return this;
    }

    /** Says how many jobs may run at once. */
    public WorkflowBuilder maxConcurrentJobs(int jobsAtOnce) {
        this.maxConcurrentJobs = jobsAtOnce;
        return this;
    }

    /** Says below which folder runs are noted; see {@link Workflow#remembering}. */
    public WorkflowBuilder state(String folder) {
        this.state = folder;
        return this;
    }

    /** Gives all jobs the settings of plugins ({@code plugin { … }}) from a configuration. */
    public WorkflowBuilder configuredBy(ConfigDocument configuration) {
        this.settings = configuration;
        return this;
    }

    /** Adds a job that runs a pipegraph, as soon as there is room for it. */
    public WorkflowBuilder job(String job, Pipegraph pipegraph) {
        return job(Job.named(job, pipegraph));
    }

    /** Adds a job; what is said of it later counts, too. */
    public WorkflowBuilder job(JobBuilder job) {
        jobs.add(job);
        return this;
    }

    /** Makes the workflow. */
    public Workflow build() {
        Workflow workflow = new Workflow(
                name,
                description,
                maxConcurrentJobs,
                jobs.stream().map(job -> job.build(settings)).toList());
        return state == null ? workflow : workflow.remembering(state);
    }
}
