package io.millrace.flare.internal.depot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigPath;
import io.millrace.config.ConfigSection;
import io.millrace.config.Location;
import io.millrace.config.Problems;
import io.millrace.config.SourceMap;
import io.millrace.config.Suggestion;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the addresses of a workflow mean: the {@code depots} section of a configuration. Immutable. */
public final class Depots {

    private static final String SECTION = "depots";
    private static final String CATALOGS = "plugin.iceberg.catalogs";

    private final ConfigDocument document;
    private final Map<String, Depot> byName;
    private final Set<String> broken;

    private Depots(ConfigDocument document, Map<String, Depot> byName, Set<String> broken) {
        this.document = document;
        this.byName = byName;
        this.broken = broken;
    }

    /** No depot at all: an address is wrong whatever it says. */
    public static Depots none() {
        ConfigDocument nothing = ConfigDocument.of(JsonNodeFactory.instance.objectNode(), SourceMap.none());
        return new Depots(nothing, Map.of(), Set.of());
    }

    /**
     * Reads the depots of a configuration.
     *
     * @throws io.millrace.config.MillraceException of kind USER with everything that is wrong with them
     */
    public static Depots of(ConfigDocument document) {
        Problems problems = new Problems();
        Depots depots = decode(document, problems);
        problems.throwIfAny();
        return depots;
    }

    /** Reads them; what is wrong is noted. */
    public static Depots decode(ConfigDocument document, Problems problems) {
        ConfigSection root = document.root(problems);
        if (!root.has(SECTION)) {
            root.problem(SECTION, "is missing; write depots { NAME { kind = files, path = … } }");
        }
        Map<String, Depot> depots = new LinkedHashMap<>();
        Map<String, ConfigSection> sections = root.namedSections(SECTION);
        sections.forEach((name, section) -> Depot.decode(name, section).ifPresent(depot -> depots.put(name, depot)));
        Set<String> broken = new HashSet<>(sections.keySet());
        broken.removeAll(depots.keySet());
        return new Depots(document, depots, Set.copyOf(broken));
    }

    /** Returns the depot of a name; empty where there is none, or it is wrong. */
    public Optional<Depot> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Returns whether a depot of that name is written, but wrong: that is said already. */
    public boolean isBroken(String name) {
        return broken.contains(name);
    }

    /** Says that there is no depot of that name. */
    public String unknown(String name) {
        return byName.isEmpty()
                ? "no depot is named \"" + name + "\", as none is given; give a file with depots { " + name
                        + " { kind = … } } with --depots"
                : "no depot is named \"" + name + "\"; " + Suggestion.among(name, byName.keySet());
    }

    /** Returns the settings of plugins that the depots call for: the configuration's own, and a catalog for each Iceberg depot. */
    public ConfigDocument settings() {
        return settings(byName.keySet(), new HashMap<>(), new HashMap<>());
    }

    /**
     * Returns the settings for some depots, in a configuration whose other paths lie elsewhere.
     *
     * @param places of the other paths
     * @param names of the other paths
     */
    public ConfigDocument settings(Collection<String> used, Map<String, Location> places, Map<String, String> names) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        if (document.tree().get("plugin") instanceof ObjectNode plugin) {
            root.set("plugin", plugin.deepCopy());
        }
        document.sources().places().forEach((path, place) -> {
            if (path.startsWith("plugin")) {
                places.put(path, place);
            }
        });
        for (String name : used) {
            if (byName.get(name) instanceof Depot.Iceberg iceberg) {
                root.withObject("/plugin/iceberg/catalogs")
                        .set(name, iceberg.catalog().deepCopy());
                place(ConfigPath.child(SECTION, name), ConfigPath.child(CATALOGS, name), places, names);
            }
        }
        return ConfigDocument.of(root, new SourceMap(places, names));
    }

    /** Lets the paths of a catalog lie where its depot is written. */
    private void place(String depot, String catalog, Map<String, Location> places, Map<String, String> names) {
        document.sources().places().forEach((path, place) -> {
            if (path.equals(depot) || path.startsWith(depot + ".")) {
                String below = path.substring(depot.length());
                String settled =
                        catalog + (below.startsWith(".catalog.") ? below.substring(".catalog".length()) : below);
                places.put(settled, place);
                names.put(settled, path);
            }
        });
    }
}
