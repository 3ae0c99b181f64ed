package io.millrace.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigSection;
import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import io.millrace.config.Problems;
import java.util.Optional;

/**
 * Makes the catalog of a run from {@code plugin.microservice-catalog}: your own class ({@code catalog-class}), the entities written down
 * there ({@code entities}), or entities behind addresses ({@code base-url}). Settings beside {@code catalog-class} belong to that class.
 * Used on the driver, once per run.
 */
public final class EntityCatalogLoader {

    /** Where the settings of the catalog are. */
    public static final String PATH = "plugin.microservice-catalog";

    private static final String CATALOG_CLASS = "catalog-class";
    private static final String WAYS =
            "name your class (" + PATH + ".catalog-class = \"com.acme.LakeCatalog\"), list the entities (" + PATH
                    + ".entities = [ { … } ]), or say where their servers are (" + PATH + ".base-url = \"http://…\")";

    private final ClassLoader classes;

    /** Loads through the thread's context class loader or, where there is none, the one that loaded Millrace. */
    public EntityCatalogLoader() {
        this(contextClassLoader());
    }

    /** Loads through a class loader. */
    public EntityCatalogLoader(ClassLoader classes) {
        this.classes = classes;
    }

    /**
     * Constructs the catalog and configures it, calls nothing else, and notes what is wrong.
     *
     * @return the catalog, or empty where something is wrong with it
     */
    public Optional<EntityCatalogConfiguration> check(ConfigDocument document, Problems problems) {
        Problems found = new Problems();
        Optional<EntityCatalogConfiguration> catalog = Optional.empty();
        try {
            catalog = catalog(document, found);
        } catch (MillraceException refused) {
            found.addAll(refused, PATH, document.sources());
        }
        found.asList().forEach(problems::add);
        return found.isEmpty() ? catalog : Optional.empty();
    }

    /**
     * Constructs the catalog and configures it.
     *
     * @throws MillraceException of kind USER with everything that is wrong; its cause is the failure to load the class, where that is it
     */
    public EntityCatalogConfiguration load(ConfigDocument document) {
        Problems problems = new Problems();
        Optional<EntityCatalogConfiguration> catalog = Optional.empty();
        try {
            catalog = catalog(document, problems);
        } catch (MillraceException refused) {
            problems.addAll(refused, PATH, document.sources());
            throw MillraceException.user(problems.asList(), refused.getCause());
        }
        problems.throwIfAny();
        return catalog.orElseThrow(() -> MillraceException.internal("a catalog without problems was not made", null));
    }

    /** Returns the section of the settings; empty after noting that there is none. */
    static Optional<ConfigSection> settings(ConfigDocument document, Problems problems) {
        Optional<ConfigSection> settings = document.root(problems)
                .optionalSection("plugin")
                .flatMap(plugin -> plugin.optionalSection("microservice-catalog"));
        if (settings.isEmpty() && problems.isEmpty()) {
            problems.add(new Problem(document.sources().nearest(PATH).orElse(null), PATH, "is missing; " + WAYS));
        }
        return settings;
    }

    private Optional<EntityCatalogConfiguration> catalog(ConfigDocument document, Problems problems) {
        Optional<ConfigSection> settings = settings(document, problems);
        if (settings.isEmpty()) {
            return Optional.empty();
        }
        ConfigSection section = settings.get();
        ExchangeSettings.of(section);
        boolean own = section.keys().contains(CATALOG_CLASS);
        return own ? ownClass(document, section) : builtIn(section);
    }

    private Optional<EntityCatalogConfiguration> builtIn(ConfigSection section) {
        section.has(CATALOG_CLASS);
        boolean listed = section.has(HoconEntityCatalog.ENTITIES);
        boolean addressed = section.has(RestEntityCatalog.BASE_URL);
        if (addressed && !listed) {
            RestEntityCatalog catalog = new RestEntityCatalog();
            catalog.take(section);
            return section.build(() -> catalog);
        }
        HoconEntityCatalog catalog = new HoconEntityCatalog();
        if (addressed) {
            section.has(RestEntityCatalog.TABLE);
            section.problem(RestEntityCatalog.BASE_URL, "excludes entities; keep one of them");
        }
        if (listed) {
            catalog.take(section);
        } else {
            section.problem("says nothing of entities; " + WAYS);
        }
        return section.build(() -> catalog);
    }

    private Optional<EntityCatalogConfiguration> ownClass(ConfigDocument document, ConfigSection section) {
        String name = section.raw(CATALOG_CLASS).map(JsonNode::asText).orElse("");
        if (name.isBlank()) {
            section.problem(CATALOG_CLASS, "is blank; " + WAYS);
            return Optional.empty();
        }
        return section.optionalString(CATALOG_CLASS)
                .map(written -> new CatalogClass(written, document).configured(classes));
    }

    private static ClassLoader contextClassLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? EntityCatalogLoader.class.getClassLoader() : context;
    }
}
