package io.millrace.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigPath;
import io.millrace.config.ConfigSection;
import io.millrace.config.HoconReader;
import io.millrace.config.Location;
import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import io.millrace.config.SourceMap;
import io.millrace.config.YamlReader;
import io.millrace.load.LoadedPipegraph;
import io.millrace.load.PipegraphLoader;
import io.millrace.model.Pipegraph;
import io.millrace.model.TableAction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decodes one element of {@code jobs}, and the file of its pipegraph. */
final class JobDecoder {

    private final Path workflow;
    private final ConfigDocument document;
    private final Map<String, String> set;

    /**
     * For the jobs of a workflow.
     *
     * @param workflow its file; those of the jobs are relative to it
     * @param set what the caller sets over all files
     */
    JobDecoder(Path workflow, ConfigDocument document, Map<String, String> set) {
        this.workflow = workflow;
        this.document = document;
        this.set = set;
    }

    /** Returns the names of the jobs that a job waits for: one, or a list. */
    static List<String> after(ConfigSection job) {
        boolean one = job.raw("after").filter(JsonNode::isValueNode).isPresent();
        return one ? job.optionalString("after").stream().toList() : job.strings("after");
    }

    /** Returns the job; one whose file cannot be read has nothing in it, and says so. Empty where it cannot even be named. */
    Optional<Job> decode(ConfigSection section, List<String> after) {
        String name = section.string("name");
        Optional<String> description = section.optionalString("description");
        String file = section.string("file");
        Map<String, String> overrides = new LinkedHashMap<>();
        section.optionalSection("set").ifPresent(own -> flatten("", own.raw(), overrides));
        overrides.putAll(set);
        JobRetry retry =
                section.optionalSection("retry").flatMap(JobDecoder::retry).orElse(JobRetry.NEVER);
        List<TableAction> actions = new ArrayList<>();
        List<String> actionPaths = new ArrayList<>();
        section.sections("actions").forEach(written -> action(written).ifPresent(action -> {
            actions.add(action);
            actionPaths.add(written.path());
        }));
        if (name.isBlank()) {
            return Optional.empty();
        }
        boolean yaml = YamlReader.isYaml(file);
        if (yaml) {
            section.problem("file", "must be a pipegraph in HOCON; a workflow in YAML is run by itself");
        }
        LoadedPipegraph pipegraph =
                file.isBlank() || yaml ? nothing(name, List.of()) : pipegraph(section, file, overrides);
        Set<String> others = new LinkedHashSet<>(after);
        Job job = new Job(
                name,
                description.orElse(""),
                section.path(),
                placed(pipegraph, section),
                actions,
                others,
                retry,
                actionPaths,
                Map.of());
        return Optional.of(section.build(() -> job).orElse(job));
    }

    private LoadedPipegraph pipegraph(ConfigSection job, String file, Map<String, String> overrides) {
        try {
            ConfigDocument read = HoconReader.read(workflow.resolveSibling(file), overrides);
            return job.has("actions") ? PipegraphLoader.loadModels(read) : PipegraphLoader.load(read);
        } catch (MillraceException refused) {
            List<Problem> problems = refused.problems();
            if (problems.isEmpty()) {
                String at = job.path("file");
                problems = List.of(new Problem(document.sources().nearest(at).orElse(null), at, refused.getMessage()));
            }
            return nothing(job.string("name"), problems);
        }
    }

    private LoadedPipegraph nothing(String name, List<Problem> problems) {
        Pipegraph empty = Pipegraph.named(name).build();
        ConfigDocument none = HoconReader.parse(workflow.toString(), "");
        return new LoadedPipegraph(empty, none, problems, Set.of());
    }

    /** What else is wrong is found when the pipegraph is planned: its document is to know where the job and its actions are written. */
    private LoadedPipegraph placed(LoadedPipegraph loaded, ConfigSection job) {
        Map<String, Location> places = new HashMap<>(loaded.document().sources().places());
        document.sources().at(job.path()).ifPresent(place -> places.put(job.path(), place));
        if (job.has("actions")) {
            String actions = job.path("actions");
            document.sources().places().forEach((path, place) -> {
                if (path.startsWith(actions)) {
                    places.put(path, place);
                }
            });
        }
        ConfigDocument read = loaded.document();
        return loaded.in(new ConfigDocument(read.tree(), new SourceMap(places), read.config()));
    }

    private static Optional<JobRetry> retry(ConfigSection section) {
        if (!section.has("count")) {
            section.problem("count", "is missing; how many times a job that failed is run again");
        }
        Optional<Integer> count = section.optionalPositiveInt("count");
        Optional<Duration> pause = section.optionalDuration("pause");
        Optional<JobRetry.On> on = section.optionalEnum("on", JobRetry.On.class);
        return section.build(
                () -> new JobRetry(count.orElseThrow(), pause.orElse(Duration.ZERO), on.orElse(JobRetry.On.TRANSIENT)));
    }

    private static Optional<TableAction> action(ConfigSection section) {
        String name = section.string("name");
        String model = section.string("model");
        Optional<ObjectNode> options = section.optionalSection("options").map(ConfigSection::raw);
        return section.build(
                () -> new TableAction(name, model, options.orElseGet(JsonNodeFactory.instance::objectNode)));
    }

    /** Values as the command line would set them: paths, and texts; a list is written as HOCON. */
    private static void flatten(String path, ObjectNode values, Map<String, String> into) {
        values.properties().forEach(each -> {
            String at = ConfigPath.child(path, each.getKey());
            if (each.getValue() instanceof ObjectNode object) {
                flatten(at, object, into);
            } else {
                into.put(
                        at,
                        each.getValue().isValueNode()
                                ? each.getValue().asText()
                                : each.getValue().toString());
            }
        });
    }
}
