package io.millrace.workflow;

import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigSection;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.config.Problems;
import io.millrace.config.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Our own language: the {@code workflow} section of a file in HOCON, whose jobs name the files of their pipegraphs. */
final class HoconWorkflows implements WorkflowFormat {

    /** Any file that is not in another language: the name of one that the user gives is free. */
    @Override
    public boolean reads(Path file) {
        return !YamlReader.isYaml(file.toString());
    }

    @Override
    public boolean isWorkflow(Path file) {
        return Set.of("conf", "json", "hocon").contains(ending(file))
                && HoconReader.rootKeys(file).contains("workflow");
    }

    @Override
    public LoadedWorkflow load(Path file, WorkflowSettings settings) {
        ConfigDocument document = HoconReader.read(file, settings.set());
        Problems problems = new Problems();
        ConfigSection section = document.root(problems).section("workflow");
        String name = section.string("name");
        Optional<String> description = section.optionalString("description");
        int atOnce = section.optionalPositiveInt("max-concurrent-jobs").orElse(Workflow.DEFAULT_CONCURRENT_JOBS);
        Optional<String> written = section.optionalString("state");
        List<Job> jobs = jobs(section, new JobDecoder(file, document, settings.set()));
        Optional<Workflow> workflow = section.build(
                () -> new Workflow(name.isBlank() ? "workflow" : name, description.orElse(""), atOnce, jobs));
        if (jobs.isEmpty()) {
            throw MillraceException.user(problems.asList());
        }
        LoadedWorkflow loaded = new LoadedWorkflow(
                workflow.orElseGet(() -> new Workflow(name.isBlank() ? "workflow" : name, "", atOnce, jobs)),
                problems.asList());
        return written.filter(state -> settings.state().isEmpty())
                .map(loaded::remembering)
                .orElse(loaded);
    }

    private static List<Job> jobs(ConfigSection workflow, JobDecoder decoder) {
        if (workflow.raw("jobs")
                .filter(written -> !written.isArray() || !written.isEmpty())
                .isEmpty()) {
            workflow.problem(
                    "jobs", (workflow.has("jobs") ? "is empty" : "is missing") + "; a workflow needs at least one job");
        }
        List<ConfigSection> sections = workflow.sections("jobs");
        List<JobGraph.Node> nodes = new ArrayList<>();
        List<Job> jobs = new ArrayList<>();
        for (ConfigSection section : sections) {
            List<String> after = JobDecoder.after(section);
            nodes.add(new JobGraph.Node(section.optionalString("name").orElse(""), after));
            decoder.decode(section, after).ifPresent(jobs::add);
        }
        for (JobGraph.Fault fault : JobGraph.faults(nodes)) {
            ConfigSection job = sections.get(fault.job());
            job.problem(fault.waitsFor().isPresent() ? "after" : "name", fault.message());
        }
        return jobs;
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
