package io.millrace.flare.internal.envelope;

import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigSection;
import io.millrace.config.MillraceException;
import io.millrace.config.YamlReader;
import io.millrace.flare.internal.text.FlareDocument;
import io.millrace.workflow.Job;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The jobs of a workflow that another one names as a file. They are the outer workflow's, and named after its job. */
final class JobFile {

    private JobFile() {}

    /**
     * Reads them.
     *
     * @param name the outer job's
     * @param after what the outer job waits for, which its jobs do
     */
    static List<Job> read(String file, ConfigSection section, String name, Set<String> after, FlareDocument text) {
        Path path = text.resolve(file);
        if (text.isOpen(path)) {
            section.problem("file", "the file " + path + " names itself, or one that names it");
            return List.of();
        }
        List<Job> jobs = new ArrayList<>();
        try {
            for (ConfigDocument document : YamlReader.read(path)) {
                Envelope envelope = EnvelopeReader.read(text.inner(path, document));
                envelope.jobs().forEach(job -> jobs.add(inner(job, name, after)));
            }
        } catch (MillraceException unreadable) {
            if (unreadable.problems().isEmpty()) {
                section.problem("file", unreadable.getMessage());
            } else {
                section.problem(unreadable);
            }
        }
        if (jobs.size() == 1) {
            return List.of(jobs.get(0).as(name, after));
        }
        return jobs;
    }

    private static Job inner(Job job, String name, Set<String> after) {
        Set<String> waits = new LinkedHashSet<>();
        job.after().forEach(other -> waits.add(name + "/" + other));
        waits.addAll(after);
        return job.as(name + "/" + job.name(), waits);
    }
}
