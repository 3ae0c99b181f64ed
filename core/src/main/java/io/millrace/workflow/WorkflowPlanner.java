package io.millrace.workflow;

import io.millrace.config.ConfigPath;
import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import io.millrace.config.Problems;
import io.millrace.internal.spark.sql.ParsedQueries;
import io.millrace.model.Etl;
import io.millrace.model.Pipegraph;
import io.millrace.plan.PlanWithActions;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes plans of workflows. Needs no session and opens no connection. Thread-safe. */
public final class WorkflowPlanner {

    private final Planner planner;

    /** A planner with these plugins. */
    public WorkflowPlanner(PluginRegistry plugins) {
        this.planner = new Planner(plugins);
    }

    /**
     * Plans a workflow.
     *
     * @throws MillraceException of kind USER with everything that is wrong with the workflow and with the pipegraphs of all its jobs
     */
    public WorkflowPlan plan(LoadedWorkflow loaded) {
        Problems problems = new Problems();
        loaded.problems().forEach(problems::add);
        ParsedQueries queries = new ParsedQueries(loaded.queries());
        Map<String, PlannedJob> planned = new LinkedHashMap<>();
        List<String> warnings = new ArrayList<>(
                loaded.warnings().stream().map(Problem::toString).toList());
        for (Job job : loaded.workflow().jobs()) {
            plan(job, queries, problems).ifPresent(done -> {
                planned.put(job.name(), done);
                done.plan().warnings().forEach(warning -> warnings.add("job " + job.name() + ": " + warning));
            });
            checkEnd(loaded.workflow(), job, problems);
        }
        checkStates(loaded.workflow(), problems);
        checkRoom(loaded.workflow(), problems);
        problems.throwIfAny();
        List<PlannedJob> ordered = JobGraph.ordered(loaded.workflow().jobs()).stream()
                .flatMap(job -> Optional.ofNullable(planned.get(job.name())).stream())
                .toList();
        return new WorkflowPlan(loaded.workflow(), ordered, warnings);
    }

    /** Returns the plan of a job; a job of which nothing could be read has said why. */
    private Optional<PlannedJob> plan(Job job, ParsedQueries queries, Problems problems) {
        Pipegraph pipegraph = job.pipegraph().pipegraph();
        if (pipegraph.models().isEmpty() && pipegraph.etls().isEmpty()) {
            job.pipegraph().problems().forEach(problems::add);
            return Optional.empty();
        }
        try {
            PlanWithActions plan =
                    planner.plan(job.pipegraph(), job.actions(), job.actionPaths(), queries, job.settings());
            return Optional.of(new PlannedJob(job, plan.pipegraph(), plan.actions()));
        } catch (MillraceException refused) {
            if (refused.problems().isEmpty()) {
                throw refused;
            }
            refused.problems().forEach(problem -> problems.add(named(job, problem)));
            return Optional.empty();
        }
    }

    /** A problem without a line comes from Java: then it says whose it is. */
    private static Problem named(Job job, Problem problem) {
        if (problem.location().filter(place -> place.line() > 0).isPresent()) {
            return problem;
        }
        String path = problem.path().isEmpty() ? "" : ", " + problem.path();
        return new Problem(problem.place(), "job " + job.name() + path, problem.message());
    }

    /** Says that something is wrong with a job as a whole. */
    private static Problem of(Job job, String message) {
        return named(
                job,
                new Problem(job.pipegraph().document().sources().at(job.path()).orElse(null), job.path(), message));
    }

    /** Nothing can wait for what does not end. */
    private static void checkEnd(Workflow workflow, Job job, Problems problems) {
        List<Etl> etls = job.pipegraph().pipegraph().etls();
        for (int i = 0; i < etls.size(); i++) {
            if (etls.get(i).trigger().endless()) {
                String path = ConfigPath.child(job.pipegraph().etlPaths().get(i), "trigger");
                String waiting = workflow.jobs().stream()
                        .filter(other -> other.after().contains(job.name()))
                        .map(Job::name)
                        .collect(Collectors.joining(", "));
                if (!waiting.isEmpty()) {
                    problems.add(
                            named(
                                    job,
                                    new Problem(
                                            job.pipegraph()
                                                    .document()
                                                    .sources()
                                                    .at(path)
                                                    .orElse(null),
                                            path,
                                            "a stream that does not end, in job " + job.name() + ", for which "
                                                    + waiting
                                                    + " would wait forever; use trigger = available-now, or let nothing wait for it")));
                }
            }
        }
    }

    /** Streams that do not end keep their room in the pool. */
    private static void checkRoom(Workflow workflow, Problems problems) {
        List<Job> endless = workflow.jobs().stream()
                .filter(job -> job.pipegraph().pipegraph().etls().stream()
                        .anyMatch(etl -> etl.trigger().endless()))
                .toList();
        if (!endless.isEmpty()
                && endless.size() >= workflow.maxConcurrentJobs()
                && endless.size() < workflow.jobs().size()) {
            Job last = endless.get(endless.size() - 1);
            problems.add(of(
                    last,
                    "the streams of "
                            + endless.stream().map(Job::name).collect(Collectors.joining(", "))
                            + " do not end and leave the other jobs no room; let more jobs run at once than "
                            + workflow.maxConcurrentJobs()));
        }
    }

    /** The names of folders do not show every character. */
    private static void checkStates(Workflow workflow, Problems problems) {
        Map<String, String> states = new HashMap<>();
        for (Job job : workflow.jobs()) {
            Optional<String> state = job.pipegraph().pipegraph().state();
            if (workflow.state().isEmpty()
                    || state.isEmpty()
                    || !state.get().startsWith(workflow.state().get())) {
                continue;
            }
            String other = states.putIfAbsent(state.get(), job.name());
            if (other != null && !other.equals(job.name())) {
                problems.add(of(
                        job,
                        "the names of the jobs \"" + other + "\" and \"" + job.name()
                                + "\" differ in nothing that the name of a folder can show; rename one"));
            }
        }
    }
}
