package io.millrace.catalog;

import com.typesafe.config.Config;
import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigSection;
import io.millrace.config.MillraceException;
import io.millrace.config.Problems;
import io.millrace.config.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The built-in catalog: entities written down in {@code plugin.microservice-catalog.entities}. Their database is the coordinates'
 * {@code overrideDbName}, else {@code dbPrefix + domain}, else the current one.
 */
public final class HoconEntityCatalog extends EntityCatalogConfiguration implements DeclaresEntities {

    static final String ENTITIES = "entities";

    private Map<CatalogCoordinates, EntityDefinition> declared = Map.of();

    /** An empty catalog, until it is configured. */
    public HoconEntityCatalog() {}

    @Override
    protected void configure(Config root) {
        Problems problems = new Problems();
        EntityCatalogLoader.settings(ConfigDocument.of(root), problems).ifPresent(this::take);
        problems.throwIfAny();
    }

    /** Takes the entities of the section; what is wrong is noted there. */
    void take(ConfigSection settings) {
        Map<CatalogCoordinates, EntityDefinition> entities = new LinkedHashMap<>();
        EntityDeclarations.decode(settings).forEach(entity -> entities.put(entity.coordinates(), entity));
        declared = entities;
    }

    @Override
    public ParallelWriteEntity getEntity(CatalogCoordinates coordinates) {
        EntityDefinition entity = known(coordinates);
        return ParallelWriteEntity.local(entity.format(), entity.location());
    }

    @Override
    public String getEntityTableName(CatalogCoordinates coordinates) {
        return known(coordinates).tableName();
    }

    @Override
    public Optional<EntityDefinition> definition(CatalogCoordinates coordinates) {
        return Optional.ofNullable(declared.get(coordinates));
    }

    @Override
    public List<EntityDefinition> definitions() {
        return List.copyOf(declared.values());
    }

    private EntityDefinition known(CatalogCoordinates coordinates) {
        return definition(coordinates).orElseThrow(() -> MillraceException.user(unknown(coordinates)));
    }

    private String unknown(CatalogCoordinates coordinates) {
        List<String> known =
                declared.keySet().stream().map(CatalogCoordinates::toString).toList();
        return EntityCatalogLoader.PATH + "." + ENTITIES + ": no entity " + coordinates + "; "
                + Suggestion.among(coordinates.toString(), known);
    }
}
