package io.millrace.docs;

import io.millrace.Millrace;
import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.workflow.WorkflowSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Asks the decoders which keys they know, by writing one that nobody knows: {@link #BOGUS}. */
final class KnownKeys {

    static final String BOGUS = "qqqqqqqqqqqq";

    private static final String ANSWER = "unknown key; known: ";

    private KnownKeys() {}

    /** Returns the keys known beside the bogus one at a path of a configuration; empty where nobody complains of it. */
    static Set<String> at(String path, String configuration) {
        ConfigDocument document = HoconReader.parse("text", configuration);
        try {
            new Planner(PluginRegistry.ofClassPath()).plan(PipegraphLoader.load(document));
        } catch (MillraceException refused) {
            return in(refused.problems(), path);
        }
        return Set.of();
    }

    /** Returns those known at a path of a workflow, which must have a job. */
    static Set<String> ofWorkflow(Path file, String path) {
        return in(Millrace.workflows().load(file, WorkflowSettings.NONE).problems(), path);
    }

    private static Set<String> in(List<Problem> problems, String path) {
        return problems.stream()
                .filter(problem -> problem.path().equals(path + "." + BOGUS))
                .map(Problem::message)
                .filter(message -> message.startsWith(ANSWER))
                .findFirst()
                .map(message -> (Set<String>)
                        new TreeSet<>(List.of(message.substring(ANSWER.length()).split(", "))))
                .orElse(Set.of());
    }
}
