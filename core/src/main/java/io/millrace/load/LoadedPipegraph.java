package io.millrace.load;

import io.millrace.config.ConfigDocument;
import io.millrace.config.Problem;
import io.millrace.model.Pipegraph;
import java.util.List;
import java.util.Set;

/**
 * A pipegraph with the text it came from. What is wrong with the text is kept here, not thrown, so that planning can add what else is wrong
 * and the user sees all of it at once.
 *
 * @param pipegraph what could be understood; all of it where there are no problems
 * @param document the configuration around it: where things are written, and the settings of plugins
 * @param problems what could not be understood
 * @param brokenModels names of models that are written but could not be understood
 */
public record LoadedPipegraph(
        Pipegraph pipegraph, ConfigDocument document, List<Problem> problems, Set<String> brokenModels) {

    /** Copies the collections. */
    public LoadedPipegraph {
        problems = List.copyOf(problems);
        brokenModels = Set.copyOf(brokenModels);
    }

    /** A pipegraph built in Java, with the settings of plugins from a document. */
    public static LoadedPipegraph of(Pipegraph pipegraph, ConfigDocument settings) {
        return new LoadedPipegraph(pipegraph, settings, List.of(), Set.of());
    }
}
