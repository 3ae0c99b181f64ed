package io.millrace.workflow;

import io.millrace.config.ConfigPath;
import io.millrace.load.LoadedPipegraph;
import io.millrace.model.Pipegraph;
import io.millrace.model.TableAction;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One job of a workflow: a pipegraph, actions on tables after it, or both.
 *
 * @param name not blank, unique in its workflow
 * @param description for people; may be empty
 * @param path where the job is written, as messages name it, such as {@code workflow.jobs[2]}; empty where it comes from Java. Below it, at {@code
 *     actions[0]} and so on, the document of the pipegraph knows the places of the actions
 * @param pipegraph what runs, with what is wrong with its text; one without ETLs in a job that only acts on tables
 * @param actions done one after the other when the pipegraph is through; their models are those of the pipegraph
 * @param after names of the jobs it waits for, in the order in which they are written
 * @param retry what to do where it fails
 * @param actionPaths where each of the actions is written: those that could not be understood are not among them
 * @param settings of Spark's session that hold for the job, where the application does not set them itself
 */
public record Job(
        String name,
        String description,
        String path,
        LoadedPipegraph pipegraph,
        List<TableAction> actions,
        Set<String> after,
        JobRetry retry,
        List<String> actionPaths,
        Map<String, String> settings) {

    /** Copies the collections; refuses a blank name. */
    public Job {
        actions = List.copyOf(actions);
        actionPaths = List.copyOf(actionPaths);
        if (actionPaths.size() != actions.size()) {
            throw new IllegalArgumentException("one path for each action is needed");
        }
        settings = Map.copyOf(settings);
        after = Collections.unmodifiableSet(new LinkedHashSet<>(after));
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a job must not be blank");
        }
    }

    /** A job in a session like the application's that has all actions that are written, at {@code actions} below its path. */
    public Job(
            String name,
            String description,
            String path,
            LoadedPipegraph pipegraph,
            List<TableAction> actions,
            Set<String> after,
            JobRetry retry) {
        this(name, description, path, pipegraph, actions, after, retry, actionPaths(path, actions.size()), Map.of());
    }

    /** A job that comes from Java, or from a text that has said by itself what is wrong with its actions. */
    public Job(
            String name,
            String description,
            LoadedPipegraph pipegraph,
            List<TableAction> actions,
            Set<String> after,
            JobRetry retry) {
        this(name, description, "", pipegraph, actions, after, retry);
    }

    /** Starts a job of that name which runs a pipegraph. */
    public static JobBuilder named(String name, Pipegraph pipegraph) {
        return new JobBuilder(name, pipegraph);
    }

    private static List<String> actionPaths(String path, int count) {
        String actions = ConfigPath.child(path, "actions");
        return IntStream.range(0, count)
                .mapToObj(index -> ConfigPath.element(actions, index))
                .toList();
    }

    /** Returns the same job with settings of Spark's session that hold for it, where the application does not set them itself. */
    public Job inSession(Map<String, String> with) {
        return new Job(name, description, path, pipegraph, actions, after, retry, actionPaths, with);
    }

    /** Returns the same job under another name, waiting for other jobs. */
    public Job as(String otherName, Set<String> others) {
        return new Job(otherName, description, path, pipegraph, actions, others, retry, actionPaths, settings);
    }

    /** Returns the same job; where its pipegraph names no state folder, it gets this one. */
    Job remembering(String state) {
        return pipegraph.pipegraph().state().isPresent()
                ? this
                : new Job(
                        name,
                        description,
                        path,
                        pipegraph.remembering(state),
                        actions,
                        after,
                        retry,
                        actionPaths,
                        settings);
    }
}
