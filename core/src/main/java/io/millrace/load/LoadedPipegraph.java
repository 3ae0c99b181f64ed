package io.millrace.load;

import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigPath;
import io.millrace.config.Problem;
import io.millrace.model.Pipegraph;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A pipegraph with the text it came from. What is wrong with the text is kept here, not thrown, so that planning can add what else is wrong
 * and the user sees all of it at once.
 *
 * @param pipegraph what could be understood; all of it where there are no problems
 * @param document the configuration around it: where things are written, and the settings of plugins
 * @param problems what could not be understood
 * @param brokenModels names of models that are written but could not be understood
 * @param etlPaths where each ETL of the pipegraph is written, such as {@code pipegraph.etls[2]}: those that could not be understood are not in it
 */
public record LoadedPipegraph(
        Pipegraph pipegraph,
        ConfigDocument document,
        List<Problem> problems,
        Set<String> brokenModels,
        List<String> etlPaths) {

    /** Copies the collections. */
    public LoadedPipegraph {
        problems = List.copyOf(problems);
        brokenModels = Set.copyOf(brokenModels);
        etlPaths = List.copyOf(etlPaths);
        if (etlPaths.size() != pipegraph.etls().size()) {
            throw new IllegalArgumentException("one path for each ETL is needed");
        }
    }

    /** A pipegraph that has all ETLs that are written, at {@code pipegraph.etls}. */
    public LoadedPipegraph(
            Pipegraph pipegraph, ConfigDocument document, List<Problem> problems, Set<String> brokenModels) {
        this(
                pipegraph,
                document,
                problems,
                brokenModels,
                IntStream.range(0, pipegraph.etls().size())
                        .mapToObj(index -> ConfigPath.element("pipegraph.etls", index))
                        .toList());
    }

    /** A pipegraph built in Java, with the settings of plugins from a document. */
    public static LoadedPipegraph of(Pipegraph pipegraph, ConfigDocument settings) {
        return new LoadedPipegraph(pipegraph, settings, List.of(), Set.of());
    }

    /** Returns the same with another text around it. */
    public LoadedPipegraph in(ConfigDocument other) {
        return new LoadedPipegraph(pipegraph, other, problems, brokenModels, etlPaths);
    }

    /** Returns the same, whose pipegraph remembers in this folder. */
    public LoadedPipegraph remembering(String state) {
        return new LoadedPipegraph(pipegraph.remembering(state), document, problems, brokenModels, etlPaths);
    }
}
