package io.millrace.workflow;

import io.millrace.load.LoadedPipegraph;
import io.millrace.model.Pipegraph;
import io.millrace.model.TableAction;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
 */
public record Job(
        String name,
        String description,
        String path,
        LoadedPipegraph pipegraph,
        List<TableAction> actions,
        Set<String> after,
        JobRetry retry) {

    /** Copies the collections; refuses a blank name. */
    public Job {
        actions = List.copyOf(actions);
        after = Collections.unmodifiableSet(new LinkedHashSet<>(after));
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a job must not be blank");
        }
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

    /** Returns the same job; where its pipegraph names no state folder, it gets this one. */
    Job remembering(String state) {
        Pipegraph bare = pipegraph.pipegraph();
        if (bare.state().isPresent()) {
            return this;
        }
        Pipegraph remembering =
                new Pipegraph(bare.name(), bare.description(), bare.owner(), state, bare.models(), bare.etls());
        LoadedPipegraph loaded =
                new LoadedPipegraph(remembering, pipegraph.document(), pipegraph.problems(), pipegraph.brokenModels());
        return new Job(name, description, path, loaded, actions, after, retry);
    }
}
