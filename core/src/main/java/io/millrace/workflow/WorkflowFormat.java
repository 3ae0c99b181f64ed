package io.millrace.workflow;

import java.nio.file.Path;

/** A language in which workflows are written. Found by {@link java.util.ServiceLoader}. Stateless. */
public interface WorkflowFormat {

    /** Returns whether the name of a file says that it is in this language. */
    boolean reads(Path file);

    /**
     * Returns whether a file in this language is a workflow, and not something that workflows refer to.
     *
     * @throws io.millrace.config.MillraceException of kind USER where it cannot be told, because the file is not in the language after all
     */
    boolean isWorkflow(Path file);

    /**
     * Reads a workflow. Where the settings name a folder for its state, one that its text names does not count; the caller sets the former.
     *
     * @throws io.millrace.config.MillraceException of kind USER where nothing of it can be understood; everything else is in {@link
     *     LoadedWorkflow#problems()} and in the problems of its jobs
     */
    LoadedWorkflow load(Path file, WorkflowSettings settings);
}
