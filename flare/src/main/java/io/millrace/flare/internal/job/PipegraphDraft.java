package io.millrace.flare.internal.job;

import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigPath;
import io.millrace.config.Location;
import io.millrace.flare.internal.dataset.ModelDraft;
import io.millrace.flare.internal.depot.Depot;
import io.millrace.flare.internal.text.FlareDocument;
import io.millrace.load.LoadedPipegraph;
import io.millrace.model.Etl;
import io.millrace.model.GenericModel;
import io.millrace.model.GenericProduct;
import io.millrace.model.Pipegraph;
import io.millrace.model.TableAction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pipegraph of a job while it is made, and where in the text its parts are written. */
public final class PipegraphDraft {

    private final String name;
    private final String description;
    private final String job;
    private final FlareDocument text;
    private final List<GenericModel> models = new ArrayList<>();
    private final List<Etl> etls = new ArrayList<>();
    private final Set<String> modelNames = new HashSet<>();
    private final Set<String> broken = new HashSet<>();
    private final Set<String> depots = new LinkedHashSet<>();
    private final Map<String, Location> places = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private @Nullable String state;
    private Map<String, String> settings = Map.of();

    /**
     * Starts one.
     *
     * @param job where the job is written
     */
    public PipegraphDraft(String name, String description, String job, FlareDocument text) {
        this.name = name;
        this.description = description;
        this.job = job;
        this.text = text;
        place("", "");
        place(job, job);
        place(job + ".name", job + ".name");
        place(job + ".dependencies", job + ".dependencies");
    }

    /** Says where an action and its options are written. */
    void placeAction(int index, String written, Collection<String> options) {
        String action = ConfigPath.element(ConfigPath.child(job, "actions"), index);
        place(action, written);
        place(action + ".options", written + ".options");
        options.forEach(each ->
                place(ConfigPath.child(action + ".options", each), ConfigPath.child(written + ".options", each)));
    }

    /** Says that a path of the pipegraph is written at a path of the text. */
    void place(String path, String written) {
        text.sources().nearest(written).ifPresent(place -> {
            places.put(path, place);
            names.put(path, written);
        });
    }

    /** Says that a path of the pipegraph, and all that is below it, is written at a path of the text. */
    void placeBelow(String path, String written) {
        text.sources().places().keySet().stream()
                .filter(each ->
                        each.equals(written) || each.startsWith(written + ".") || each.startsWith(written + "["))
                .forEach(each -> place(path + each.substring(written.length()), each));
    }

    /** Says where a model's value has a key from. */
    void placeValue(String model, String key, String written) {
        place(modelPath(model) + ".value." + key, written);
    }

    /**
     * Adds a model.
     *
     * @param wanted its name, if it is free
     * @param written where it is written
     * @return its name
     */
    String model(String wanted, Depot depot, ModelDraft model, String written) {
        String free = free(wanted, written);
        models.add(new GenericModel(free, model.value(), GenericProduct.of(depot.kind())));
        depots.add(depot.name());
        model.written().forEach((key, at) -> place(modelPath(free) + ".value." + key, at));
        return free;
    }

    /** Keeps the name of a model that could not be read, so that it is not said to be missing too. */
    String broken(String wanted, String written) {
        String free = free(wanted, written);
        broken.add(free);
        return free;
    }

    private String free(String wanted, String written) {
        String free = wanted;
        for (int i = 2; !modelNames.add(free); i++) {
            free = wanted + "-" + i;
        }
        place(modelPath(free), written);
        return free;
    }

    private static String modelPath(String model) {
        return ConfigPath.child("pipegraph.models", model);
    }

    /** Returns the path that the next ETL will have. */
    String nextEtl() {
        return ConfigPath.element("pipegraph.etls", etls.size());
    }

    void etl(Etl etl) {
        etls.add(etl);
    }

    /** Sets the folder of checkpoints; returns whether there is no other one. */
    boolean state(String folder) {
        state = state == null ? folder : state;
        return state.equals(folder);
    }

    /** Sets what holds in the session of the job. */
    void settings(Map<String, String> ofSession) {
        this.settings = ofSession;
    }

    JobBody body(List<TableAction> actions) {
        ConfigDocument document = text.depots().settings(depots, new HashMap<>(places), new HashMap<>(names));
        Pipegraph pipegraph = new Pipegraph(name, description, "", Optional.ofNullable(state), models, etls);
        return new JobBody(new LoadedPipegraph(pipegraph, document, List.of(), broken), actions, settings);
    }
}
