package io.millrace.plan;

import io.millrace.config.Problems;
import io.millrace.config.Suggestion;
import io.millrace.load.LoadedPipegraph;
import io.millrace.model.GenericModel;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkPlugin;
import io.millrace.spi.Source;
import io.millrace.spi.SourcePlugin;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The models of a pipegraph while it is planned: finds their plugins and has them decoded. */
final class Models {

    private final Map<String, GenericModel> byName;
    private final Set<String> broken;
    private final PluginRegistry plugins;
    private final PlanNotes notes;
    private final Map<Class<?>, Optional<?>> shared = new HashMap<>();
    private final Map<String, Optional<? extends Source>> sources = new LinkedHashMap<>();
    private final Set<String> used = new LinkedHashSet<>();

    Models(LoadedPipegraph loaded, PluginRegistry plugins, PlanNotes notes) {
        this.byName = loaded.pipegraph().modelsByName();
        this.broken = loaded.brokenModels();
        this.plugins = plugins;
        this.notes = notes;
    }

    ClassLoader classLoader() {
        return plugins.classLoader();
    }

    /** Returns the source of a model; a model that is read twice is decoded once. */
    Optional<? extends Source> source(String name, String path) {
        Optional<GenericModel> model = find(name, path);
        if (model.isEmpty()) {
            return Optional.empty();
        }
        return sources.computeIfAbsent(name, absent -> {
            String product = model.get().product().name();
            Optional<SourcePlugin> plugin = plugins.source(product);
            if (plugin.isEmpty()) {
                notes.problem(PlanNotes.model(name) + ".product", plugins.noSource(product));
                return Optional.empty();
            }
            return plugin.get().source(new ModelContext(model.get(), notes, plugins.classLoader(), shared, null));
        });
    }

    /** Returns the source of a model that is written, for somebody who wants to look at it; empty where it cannot be read, for whatever reason. */
    Optional<? extends Source> readable(String name) {
        GenericModel model = byName.get(name);
        if (model == null) {
            return Optional.empty();
        }
        PlanNotes unheard = new PlanNotes(notes.document(), new Problems());
        Optional<? extends Source> source = plugins.source(model.product().name())
                .flatMap(
                        plugin -> plugin.source(new ModelContext(model, unheard, plugins.classLoader(), shared, null)));
        return unheard.problems().isEmpty() ? source : Optional.empty();
    }

    /** Returns the sink of a model for one output. */
    Optional<? extends Sink> sink(OutputUse use, String path) {
        String name = use.id().output();
        Optional<GenericModel> model = find(name, path);
        if (model.isEmpty()) {
            return Optional.empty();
        }
        String product = model.get().product().name();
        Optional<SinkPlugin> plugin = plugins.sink(product);
        if (plugin.isEmpty()) {
            notes.problem(PlanNotes.model(name) + ".product", plugins.noSink(product));
            return Optional.empty();
        }
        return plugin.get().sink(new ModelContext(model.get(), notes, plugins.classLoader(), shared, use));
    }

    /**
     * Has the models decoded that no ETL uses: what is wrong with them is wanted now, not when an ETL is added.
     *
     * @param pipegraph the pipegraph's name
     */
    void checkUnused(String pipegraph) {
        List<GenericModel> unused = byName.values().stream()
                .filter(model -> !used.contains(model.name()))
                .toList();
        for (GenericModel model : unused) {
            String name = model.name();
            String path = PlanNotes.model(name);
            String product = model.product().name();
            if (plugins.source(product).isPresent()) {
                source(name, path);
            } else if (plugins.sink(product).isPresent()) {
                sink(OutputUse.none(pipegraph, name), path);
            } else {
                notes.problem(path + ".product", plugins.unknown(product));
            }
            used.remove(name);
        }
    }

    Set<String> unused() {
        Set<String> unused = new TreeSet<>(byName.keySet());
        unused.removeAll(used);
        return unused;
    }

    private Optional<GenericModel> find(String name, String path) {
        used.add(name);
        GenericModel model = byName.get(name);
        if (model == null && !broken.contains(name)) {
            notes.problem(path, "no model is named \"" + name + "\"; " + Suggestion.among(name, byName.keySet()));
        }
        return Optional.ofNullable(model);
    }
}
