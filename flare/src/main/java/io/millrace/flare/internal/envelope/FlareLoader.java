package io.millrace.flare.internal.envelope;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.config.ConfigDocument;
import io.millrace.config.Location;
import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import io.millrace.config.Problems;
import io.millrace.config.SourceMap;
import io.millrace.config.YamlReader;
import io.millrace.flare.internal.depot.Depots;
import io.millrace.flare.internal.text.FlareDocument;
import io.millrace.flare.internal.text.Notes;
import io.millrace.internal.spark.sql.ParsedQueries;
import io.millrace.load.LoadedPipegraph;
import io.millrace.model.Pipegraph;
import io.millrace.workflow.Job;
import io.millrace.workflow.JobGraph;
import io.millrace.workflow.JobRetry;
import io.millrace.workflow.LoadedWorkflow;
import io.millrace.workflow.Workflow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads workflows in the Flare dialect. Stateless; starts no Spark. */
public final class FlareLoader {

    private FlareLoader() {}

    /**
     * Reads a file. Several workflows in it are one: the jobs of each wait for those of the workflows before it.
     *
     * @param file YAML
     * @param depots the configuration with the section {@code depots}; empty where there is none
     * @return the workflow; what is wrong with the text, with the depots, or with what the addresses mean is in its problems, what is ignored of it in
     *     its warnings
     * @throws MillraceException of kind USER where the file is missing or not YAML
     */
    public static LoadedWorkflow load(Path file, Optional<ConfigDocument> depots) {
        Problems problems = new Problems();
        Depots known = depots.map(document -> Depots.decode(document, problems)).orElseGet(Depots::none);
        return load(file, YamlReader.read(file), known, problems);
    }

    /** Reads a text that messages call by a name. */
    public static LoadedWorkflow load(String name, String text, Depots depots) {
        return load(Path.of(name), YamlReader.parse(name, text), depots, new Problems());
    }

    private static LoadedWorkflow load(Path file, List<ConfigDocument> documents, Depots depots, Problems problems) {
        Notes notes = new Notes();
        ParsedQueries queries = new ParsedQueries();
        if (documents.isEmpty()) {
            problems.add(new Problem(new Location(file.toString(), 0, 0), "", "holds no workflow"));
        }
        List<Envelope> envelopes = new ArrayList<>();
        for (ConfigDocument document : documents) {
            envelopes.add(EnvelopeReader.read(
                    new FlareDocument(file, document, depots, queries, problems, notes, List.of(file))));
        }
        Workflow workflow = workflow(envelopes);
        checkOrder(workflow.jobs(), problems);
        return new LoadedWorkflow(workflow, problems.asList(), notes.asList(), queries.asMap());
    }

    /** Each job's document knows where its name and its dependencies are written. */
    private static void checkOrder(List<Job> jobs, Problems problems) {
        List<JobGraph.Node> nodes = jobs.stream()
                .map(job -> new JobGraph.Node(job.name(), job.after()))
                .toList();
        for (JobGraph.Fault fault : JobGraph.faults(nodes)) {
            Job job = jobs.get(fault.job());
            String path = job.path() + (fault.waitsFor().isPresent() ? ".dependencies" : ".name");
            problems.add(job.pipegraph().document().sources().problem(path, fault.message()));
        }
    }

    private static Workflow workflow(List<Envelope> envelopes) {
        List<Job> jobs = new ArrayList<>();
        for (Envelope envelope : envelopes) {
            Set<String> before =
                    new LinkedHashSet<>(jobs.stream().map(Job::name).toList());
            Set<String> names =
                    new LinkedHashSet<>(envelope.jobs().stream().map(Job::name).toList());
            envelope.jobs().forEach(job -> jobs.add(waiting(job, names, before)));
        }
        Envelope first = envelopes.isEmpty() ? Envelope.NOTHING : envelopes.get(0);
        if (jobs.isEmpty()) {
            jobs.add(nothing());
        }
        return new Workflow(first.name(), first.description(), Workflow.DEFAULT_CONCURRENT_JOBS, jobs);
    }

    /** A job that waits for one that is a file waits for all jobs of the file. */
    private static Job waiting(Job job, Set<String> names, Set<String> before) {
        Set<String> after = new LinkedHashSet<>();
        for (String other : job.after()) {
            List<String> inner =
                    names.stream().filter(name -> name.startsWith(other + "/")).toList();
            after.addAll(names.contains(other) || inner.isEmpty() ? List.of(other) : inner);
        }
        after.addAll(before);
        return job.as(job.name(), after);
    }

    /** Stands where the text has no job that could be read; there are problems then, so that it never runs. */
    private static Job nothing() {
        ConfigDocument settings = ConfigDocument.of(JsonNodeFactory.instance.objectNode(), SourceMap.none());
        LoadedPipegraph empty = LoadedPipegraph.of(Pipegraph.named("nothing").build(), settings);
        return new Job("nothing", "", empty, List.of(), Set.of(), JobRetry.NEVER);
    }
}
