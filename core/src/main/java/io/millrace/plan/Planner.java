package io.millrace.plan;

import io.millrace.config.ConfigSection;
import io.millrace.config.Problems;
import io.millrace.config.Suggestion;
import io.millrace.internal.spark.sql.ColumnResolver;
import io.millrace.internal.spark.sql.ParsedQueries;
import io.millrace.internal.state.StateFolder;
import io.millrace.load.LoadedPipegraph;
import io.millrace.model.Etl;
import io.millrace.model.GenericModel;
import io.millrace.model.LateData;
import io.millrace.model.Pipegraph;
import io.millrace.model.TableAction;
import io.millrace.spi.ReplacedRows;
import io.millrace.spi.Source;
import io.millrace.spi.TablePlugin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes plans. Needs no session and opens no connection; loads the classes that are named. Thread-safe. */
public final class Planner {

    private final PluginRegistry plugins;

    /** A planner with these plugins. */
    public Planner(PluginRegistry plugins) {
        this.plugins = plugins;
    }

    /**
     * Plans a pipegraph.
     *
     * @throws io.millrace.config.MillraceException of kind USER with everything that is wrong, in the text and in what it means
     */
    public PipegraphPlan plan(LoadedPipegraph loaded) {
        return plan(loaded, List.of(), List.of(), new ParsedQueries(), Map.of()).pipegraph();
    }

    /**
     * Plans a pipegraph and what is to be done to tables after it.
     *
     * @param actions in the order in which they are to be done; their models are those of the pipegraph
     * @param actionPaths where each of the actions is written, such as {@code workflow.jobs[2].actions[0]}
     * @param queries parses the SQL of steps, and keeps what it has found out
     * @param settings those of Spark that hold in the session of the pipegraph
     * @throws io.millrace.config.MillraceException of kind USER with everything that is wrong, in the text and in what it means
     */
    public PlanWithActions plan(
            LoadedPipegraph loaded,
            List<TableAction> actions,
            List<String> actionPaths,
            ParsedQueries queries,
            Map<String, String> settings) {
        Problems problems = new Problems();
        loaded.problems().forEach(problems::add);
        PlanNotes notes = new PlanNotes(loaded.document(), problems);
        Pipegraph pipegraph = loaded.pipegraph();
        checkSettings(loaded.document().root(problems));
        checkNames(loaded, notes);
        Models models = new Models(loaded, plugins, notes);
        List<EtlPlan> etls = new ArrayList<>();
        Map<EtlPlan, String> paths = new LinkedHashMap<>();
        for (int i = 0; i < pipegraph.etls().size(); i++) {
            String path = loaded.etlPaths().get(i);
            new EtlPlanner(loaded, i, models, queries, notes).plan().ifPresent(etl -> {
                etls.add(etl);
                paths.put(etl, path);
            });
        }
        List<PlannedAction> planned = new ActionPlanner(pipegraph.name(), models, notes).plan(actions, actionPaths);
        models.checkUnused(pipegraph.name());
        ColumnResolver resolver = new ColumnResolver(
                settings, pipegraph.lateData().map(LateData::partitionBy).orElse(List.of()));
        paths.forEach((etl, path) -> new ColumnCheck(etl, path, queries, resolver, notes).check());
        List<EtlPlan> ordered = EtlOrder.of(etls, notes);
        pipegraph.lateData().ifPresent(how -> new LateDataCheck(how, pipegraph, etls, notes).check());
        warnOfForgottenRuns(pipegraph, etls, notes);
        if (problems.isEmpty()) {
            models.unused().forEach(model -> notes.warning(PlanNotes.model(model), "no ETL uses this model"));
        }
        problems.throwIfAny();
        return new PlanWithActions(new PipegraphPlan(pipegraph, ordered, notes.warnings(), loaded.document()), planned);
    }

    /**
     * Plans every model whose product can be read, whether an ETL reads it or not, for somebody who wants to look at them.
     *
     * @return by the models' names, in the order in which they are written
     * @throws io.millrace.config.MillraceException of kind USER with everything that is wrong with the text and with these models
     */
    public Map<String, Source> sources(LoadedPipegraph loaded) {
        Problems problems = new Problems();
        loaded.problems().forEach(problems::add);
        Models models = new Models(loaded, plugins, new PlanNotes(loaded.document(), problems));
        Map<String, Source> sources = new LinkedHashMap<>();
        for (GenericModel model : loaded.pipegraph().models()) {
            if (plugins.source(model.product().name()).isPresent()) {
                models.source(model.name(), PlanNotes.model(model.name()))
                        .ifPresent(source -> sources.put(model.name(), source));
            }
        }
        problems.throwIfAny();
        return sources;
    }

    /** Only where the pipegraph is written as such: other languages say elsewhere where runs are noted. */
    private static void warnOfForgottenRuns(Pipegraph pipegraph, List<EtlPlan> etls, PlanNotes notes) {
        List<String> adding = etls.stream()
                .flatMap(etl -> etl.outputs().stream())
                .filter(output -> output.replaced().isEmpty()
                        && output.sink().replacedRows().equals(Optional.of(ReplacedRows.NONE)))
                .map(output -> output.output().model())
                .distinct()
                .toList();
        if (pipegraph.state().isEmpty() && !adding.isEmpty() && notes.ofEtlsAsWritten()) {
            notes.warning(
                    "pipegraph",
                    "rows are added to " + String.join(", ", adding)
                            + ", and no run is remembered: one that failed cannot be continued, and when it is run anew its rows are there twice;"
                            + " set state = FOLDER, here or in the workflow");
        }
    }

    /** The keys under {@code plugin} are those of plugins; what is below them the plugins check. */
    private void checkSettings(ConfigSection root) {
        root.optionalSection("plugin").ifPresent(section -> {
            List<String> known =
                    plugins.tables().stream().map(TablePlugin::settingsKey).toList();
            for (String key : section.keys()) {
                if (!known.contains(key)) {
                    section.problem(key, "unknown key; " + Suggestion.among(key, known));
                }
            }
        });
    }

    private static void checkNames(LoadedPipegraph loaded, PlanNotes notes) {
        Pipegraph pipegraph = loaded.pipegraph();
        Set<String> models = new HashSet<>();
        pipegraph.models().stream()
                .filter(model -> !models.add(model.name()))
                .forEach(
                        model -> notes.problem(PlanNotes.model(model.name()), "two models have this name; rename one"));
        Set<String> names = new LinkedHashSet<>();
        Map<String, String> folders = new LinkedHashMap<>();
        for (int i = 0; i < pipegraph.etls().size(); i++) {
            Etl etl = pipegraph.etls().get(i);
            if (!names.add(etl.name())) {
                notes.problem(
                        loaded.etlPaths().get(i) + ".name",
                        "two ETLs are named \"" + etl.name()
                                + "\"; the name is part of every commit's identity, rename one");
            }
            String other = folders.putIfAbsent(StateFolder.plain(etl.name()), etl.name());
            if (other != null && !other.equals(etl.name())) {
                notes.problem(
                        loaded.etlPaths().get(i) + ".name",
                        "the names of the ETLs \"" + other + "\" and \"" + etl.name()
                                + "\" differ in nothing that the name of a folder can show; rename one");
            }
        }
    }
}
