package io.millrace.workflow;

import io.millrace.load.LoadedPipegraph;
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
 * @param pipegraph what runs, with what is wrong with its text; one without ETLs in a job that only acts on tables
 * @param actions done one after the other when the pipegraph is through; their models are those of the pipegraph
 * @param after names of the jobs it waits for, in the order in which they are written
 * @param retry what to do where it fails
 */
public record Job(
        String name,
        String description,
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
}
