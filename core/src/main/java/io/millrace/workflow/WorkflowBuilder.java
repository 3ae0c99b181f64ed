package io.millrace.workflow;

import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.load.LoadedPipegraph;
import io.millrace.model.Pipegraph;
import io.millrace.model.TableAction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds a workflow. Not for use by several threads. */
public final class WorkflowBuilder {

    private final String name;
    private String description = "";
    private int maxConcurrentJobs = Workflow.DEFAULT_CONCURRENT_JOBS;
    private @Nullable String state;
    private ConfigDocument settings = HoconReader.parse("settings", "");
    private final List<Job> jobs = new ArrayList<>();

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

    /** Gives the jobs added from now on the settings of plugins ({@code plugin { … }}) from a configuration. */
    public WorkflowBuilder configuredBy(ConfigDocument configuration) {
        this.settings = configuration;
        return this;
    }

    /** Adds a job that runs a pipegraph. */
    public JobBuilder job(String job, Pipegraph pipegraph) {
        return new JobBuilder(this, job, LoadedPipegraph.of(pipegraph, settings));
    }

    /** Makes the workflow. */
    public Workflow build() {
        Workflow workflow = new Workflow(name, description, maxConcurrentJobs, jobs);
        return state == null ? workflow : workflow.remembering(state);
    }

    /** Says how a job runs that is being added to a workflow. Not for use by several threads. */
    public static final class JobBuilder {

        private final WorkflowBuilder workflow;
        private final String name;
        private final LoadedPipegraph pipegraph;
        private String description = "";
        private final Set<String> after = new LinkedHashSet<>();
        private final List<TableAction> actions = new ArrayList<>();
        private JobRetry retry = JobRetry.NEVER;

        private JobBuilder(WorkflowBuilder workflow, String name, LoadedPipegraph pipegraph) {
            this.workflow = workflow;
            this.name = name;
            this.pipegraph = pipegraph;
        }

        /** Says what it is for. */
        public JobBuilder description(String text) {
            this.description = text;
            return this;
        }

        /** Lets it wait for other jobs. */
        public JobBuilder after(String... others) {
            after.addAll(List.of(others));
            return this;
        }

        /** Says what to do where it fails; without it, it has failed. */
        public JobBuilder retry(JobRetry policy) {
            this.retry = policy;
            return this;
        }

        /** Adds something to be done to a table when the pipegraph is through. */
        public JobBuilder action(TableAction action) {
            actions.add(action);
            return this;
        }

        /** Adds the job as it is, and returns to its workflow. */
        public WorkflowBuilder add() {
            workflow.jobs.add(new Job(name, description, pipegraph, actions, after, retry));
            return workflow;
        }
    }
}
