package io.millrace.workflow;

import io.millrace.config.ConfigPath;
import io.millrace.config.Problem;
import io.millrace.internal.spark.sql.ParsedQueries;
import io.millrace.internal.spark.sql.SqlSyntax;
import java.util.List;
import java.util.Map;

/**
 * A workflow that was read, with what is wrong with its text. What is wrong with a job's pipegraph is with the job.
 *
 * @param workflow what could be read; what has problems is missing
 * @param problems in the order in which they were found; none means that no two jobs have one name, and that they wait for jobs that there are, and
 *     not in a circle
 * @param warnings what the user should know, such as keys that are ignored
 * @param queries what reading has found out about SQL texts in it, by text, so that planning need not parse them again; see {@link ParsedQueries}
 */
public record LoadedWorkflow(
        Workflow workflow, List<Problem> problems, List<Problem> warnings, Map<String, SqlSyntax.Query> queries) {

    /** Copies the collections. */
    public LoadedWorkflow {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        queries = Map.copyOf(queries);
    }

    /** One without warnings, whose SQL was not parsed. */
    public LoadedWorkflow(Workflow workflow, List<Problem> problems) {
        this(workflow, problems, List.of(), Map.of());
    }

    /** A workflow built in Java. */
    public static LoadedWorkflow of(Workflow workflow) {
        List<JobGraph.Node> nodes = workflow.jobs().stream()
                .map(job -> new JobGraph.Node(job.name(), job.after()))
                .toList();
        return new LoadedWorkflow(
                workflow,
                JobGraph.faults(nodes).stream()
                        .map(fault -> new Problem(null, ConfigPath.element("jobs", fault.job()), fault.message()))
                        .toList());
    }

    /** Returns the same, noting its runs below a folder; see {@link Workflow#remembering}. */
    public LoadedWorkflow remembering(String state) {
        return new LoadedWorkflow(workflow.remembering(state), problems, warnings, queries);
    }
}
