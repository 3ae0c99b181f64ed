package io.millrace.flare.internal.envelope;

import io.millrace.config.ConfigSection;
import io.millrace.flare.internal.text.FlareDocument;
import io.millrace.workflow.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a document: the workflow around the jobs. */
final class EnvelopeReader {

    private static final Pattern VERSION = Pattern.compile("v\\d+((alpha|beta)\\d*)?");

    private EnvelopeReader() {}

    static Envelope read(FlareDocument text) {
        ConfigSection root = text.document().root(text.problems());
        Optional<String> type = root.optionalString("type");
        if (!type.orElse("").equals("workflow")) {
            root.problem(
                    "type",
                    type.map(written -> "unknown value \"" + written + "\"; only workflows are read: type: workflow")
                            .orElse("is missing; write type: workflow"));
            return Envelope.NOTHING;
        }
        String name = root.string("name");
        root.optionalString("version")
                .filter(written -> !VERSION.matcher(written).matches())
                .ifPresent(written ->
                        root.problem("version", "must be one such as v1 or v1beta1, not \"" + written + "\""));
        Optional<String> description = root.optionalString("description");
        FlareDocument.read(root, "tags", "owner");
        text.ignore(root, "it is for the platform", "layer", "workspace");
        ConfigSection workflow = root.section("workflow");
        Optional<String> heading = root.optionalString("title");
        Optional<String> title = workflow.optionalString("title").or(() -> heading);
        ScheduleReader.check(workflow, text);
        List<Job> jobs = jobs(workflow, name.isBlank() ? Envelope.NOTHING.name() : name, text);
        workflow.build(() -> workflow);
        root.build(() -> root);
        return new Envelope(
                name.isBlank() ? Envelope.NOTHING.name() : name,
                description.or(() -> title).orElse(""),
                jobs);
    }

    private static List<Job> jobs(ConfigSection workflow, String name, FlareDocument text) {
        if (workflow.raw("dag").filter(dag -> !dag.isArray() || !dag.isEmpty()).isEmpty()) {
            workflow.problem(
                    "dag", (workflow.has("dag") ? "is empty" : "is missing") + "; a workflow needs at least one job");
        }
        List<Job> jobs = new ArrayList<>();
        for (ConfigSection job : workflow.sections("dag")) {
            jobs.addAll(DagElementReader.read(job, name, text));
        }
        return jobs;
    }
}
