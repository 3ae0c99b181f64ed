package io.millrace.parallelwrite;

import io.millrace.catalog.CatalogCoordinates;
import io.millrace.spi.PlanContext;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The entities to which outputs of a plan add columns, so that they may have more than are declared. Belongs to one plan. */
final class EvolvingEntities {

    private final Set<CatalogCoordinates> all = new HashSet<>();

    private EvolvingEntities() {}

    /** Returns those of a plan. */
    static EvolvingEntities of(PlanContext context) {
        return context.once(EvolvingEntities.class, () -> Optional.of(new EvolvingEntities()))
                .orElseThrow();
    }

    void add(CatalogCoordinates coordinates) {
        all.add(coordinates);
    }

    boolean has(CatalogCoordinates coordinates) {
        return all.contains(coordinates);
    }
}
