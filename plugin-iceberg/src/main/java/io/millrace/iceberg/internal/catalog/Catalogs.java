package io.millrace.iceberg.internal.catalog;

import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigSection;
import io.millrace.config.MillraceException;
import io.millrace.config.Problems;
import io.millrace.spi.PlanContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** The catalogs of {@code plugin.iceberg.catalogs}, by their names. */
public record Catalogs(Map<String, CatalogSettings> byName) {

    /** The key under {@code plugin}. */
    public static final String KEY = "iceberg";

    public Catalogs {
        byName = Map.copyOf(byName);
    }

    /** Loads them once per plan; empty where something is wrong with them, which is noted. */
    public static Optional<Catalogs> of(PlanContext context) {
        return context.once(Catalogs.class, () -> {
            try {
                return Optional.of(load(context.settings()));
            } catch (MillraceException refused) {
                context.value().problem(refused);
                return Optional.empty();
            }
        });
    }

    /**
     * Decodes them.
     *
     * @throws MillraceException of kind USER with all that is wrong
     */
    public static Catalogs load(ConfigDocument settings) {
        Problems problems = new Problems();
        Map<String, CatalogSettings> byName = new LinkedHashMap<>();
        settings.root(problems)
                .optionalSection("plugin")
                .flatMap(plugin -> plugin.optionalSection(KEY))
                .ifPresent(section -> decode(section, byName));
        problems.throwIfAny();
        return new Catalogs(byName);
    }

    private static void decode(ConfigSection section, Map<String, CatalogSettings> into) {
        section.namedSections("catalogs").forEach((name, catalog) -> CatalogSettings.decode(name, catalog)
                .ifPresent(decoded -> into.put(name, decoded)));
        section.build(() -> into);
    }

    /** Returns the names of all catalogs. */
    public Set<String> names() {
        return byName.keySet();
    }

    /** Returns the catalog of a name. */
    public Optional<CatalogSettings> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Lets a session know all of them; an embedded one is made where it is not there, so that SQL can begin with it. */
    public void register(SparkSession session) {
        for (CatalogSettings catalog : byName.values()) {
            catalog.create();
            catalog.register(session);
        }
    }
}
