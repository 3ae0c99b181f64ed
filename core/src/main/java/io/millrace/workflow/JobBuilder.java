package io.millrace.workflow;

import io.millrace.config.ConfigDocument;
import io.millrace.load.LoadedPipegraph;
import io.millrace.model.Pipegraph;
import io.millrace.model.TableAction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says how a job runs that is given to a {@link WorkflowBuilder}. Not for use by several threads. */
public final class JobBuilder {

    private final String name;
    private final Pipegraph pipegraph;
    private String description = "";
    private final Set<String> after = new LinkedHashSet<>();
    private final List<TableAction> actions = new ArrayList<>();
    private JobRetry retry = JobRetry.NEVER;

    JobBuilder(String name, Pipegraph pipegraph) {
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

    /** Adds something to be done to a table when the pipegraph is through. */
    public JobBuilder action(TableAction.Builder action) {
        return action(action.build());
    }

    /** Makes the job, with the settings of plugins from a configuration. */
    Job build(ConfigDocument settings) {
        return new Job(name, description, LoadedPipegraph.of(pipegraph, settings), actions, after, retry);
    }
}
