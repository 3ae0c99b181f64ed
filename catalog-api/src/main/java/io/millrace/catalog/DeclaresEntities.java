package io.millrace.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A catalog that knows how its entities are made, so that a missing table can be created. An {@link EntityCatalogConfiguration} may implement
 * it. Answers from what was configured: opens no connection, so {@code check} may ask too.
 */
public interface DeclaresEntities {

    /** Returns what is declared of an entity; empty where the catalog has none at these coordinates. */
    Optional<EntityDefinition> definition(CatalogCoordinates coordinates);

    /** Returns what is declared, in the order of the declaration. */
    List<EntityDefinition> definitions();
}
