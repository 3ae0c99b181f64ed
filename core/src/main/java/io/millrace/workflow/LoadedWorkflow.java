package io.millrace.workflow;

import io.millrace.config.Problem;
import java.util.List;

/**
 * A workflow that was read, with what is wrong with its text. What is wrong with a job's pipegraph is with the job.
 *
 * @param workflow what could be read; what has problems is missing
 * @param problems in the order in which they were found
 */
public record LoadedWorkflow(Workflow workflow, List<Problem> problems) {

    /** Copies the list. */
    public LoadedWorkflow {
        problems = List.copyOf(problems);
    }

    /** A workflow built in Java: its text has no problems. */
    public static LoadedWorkflow of(Workflow workflow) {
        return new LoadedWorkflow(workflow, List.of());
    }
}
