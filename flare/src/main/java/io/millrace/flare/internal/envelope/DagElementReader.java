package io.millrace.flare.internal.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.config.ConfigSection;
import io.millrace.flare.internal.job.JobBody;
import io.millrace.flare.internal.job.PipegraphDraft;
import io.millrace.flare.internal.job.SpecReader;
import io.millrace.flare.internal.text.FlareDocument;
import io.millrace.workflow.Job;
import io.millrace.workflow.JobRetry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one element of {@code dag}. */
final class DagElementReader {

    private DagElementReader() {}

    /** Returns the job, or those of the file it names; none where not even the name could be read. */
    static List<Job> read(ConfigSection section, String workflow, FlareDocument text) {
        String name = section.string("name");
        Optional<String> title = section.optionalString("title");
        Optional<String> description = section.optionalString("description").or(() -> title);
        FlareDocument.read(section, "tags");
        text.ignore(section, "it is for the cluster", "gcWhenComplete");
        Set<String> after = dependencies(section);
        JobRetry retry = RetryReader.read(section, text);
        Optional<String> file = section.optionalString("file");
        if (file.isPresent()) {
            text.refuse(section, "cannot stand beside file", "spec");
            section.build(() -> section);
            return JobFile.read(file.get(), section, name, after, text);
        }
        String job = name.isBlank() ? "job" : name;
        ConfigSection spec = section.section("spec");
        JobBody body = SpecReader.read(
                spec, new PipegraphDraft(workflow + "/" + job, description.orElse(""), section.path(), text), text);
        JobRetry ofSpec = RetryReader.read(spec, text);
        JobRetry chosen = section.has("retry") ? retry : ofSpec;
        spec.build(() -> spec);
        section.build(() -> section);
        return List.of(
                new Job(job, description.orElse(""), section.path(), body.pipegraph(), body.actions(), after, chosen)
                        .inSession(body.settings()));
    }

    /** One name, or a list of names. */
    private static Set<String> dependencies(ConfigSection section) {
        Optional<JsonNode> written = section.raw("dependencies");
        if (written.isPresent() && written.get().isValueNode()) {
            return section.optionalString("dependencies").map(Set::of).orElse(Set.of());
        }
        return new LinkedHashSet<>(section.strings("dependencies"));
    }
}
