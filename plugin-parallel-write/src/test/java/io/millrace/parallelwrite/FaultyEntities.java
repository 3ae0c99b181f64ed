package io.millrace.parallelwrite;

import com.typesafe.config.Config;
import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.CommitStatus;
import io.millrace.catalog.DeclaresEntities;
import io.millrace.catalog.EntityCatalogConfiguration;
import io.millrace.catalog.EntityCatalogLoader;
import io.millrace.catalog.EntityDefinition;
import io.millrace.catalog.HotChannel;
import io.millrace.catalog.ParallelWriteEntity;
import io.millrace.catalog.PlanRequest;
import io.millrace.catalog.WriteExecutionPlan;
import io.millrace.config.ConfigDocument;
import io.millrace.config.MillraceException;
import java.util.List;
import java.util.Optional;

/** The built-in catalog of declared entities, which go wrong as the setting {@code fault} says. */
public final class FaultyEntities extends EntityCatalogConfiguration implements DeclaresEntities {

    private Optional<EntityCatalogConfiguration> real = Optional.empty();
    private Fault fault = Fault.PLAN_FAILS;

    /** What goes wrong, before the writing or after it. */
    enum Fault {
        PLAN_FAILS,
        COMPLETION_IS_NOT_HEARD,
        COMPLETION_DIES,
        COMMIT_FAILS
    }

    /** Made by Millrace. */
    public FaultyEntities() {}

    @Override
    protected void configure(Config root) {
        String path = EntityCatalogLoader.PATH;
        fault = Fault.valueOf(root.getString(path + ".fault"));
        Config bare = root.withoutPath(path + ".fault").withoutPath(path + ".catalog-class");
        real = Optional.of(new EntityCatalogLoader().load(ConfigDocument.of(bare)));
    }

    @Override
    public ParallelWriteEntity getEntity(CatalogCoordinates coordinates) {
        return new Faulty(real.orElseThrow().getEntity(coordinates), fault);
    }

    @Override
    public String getEntityTableName(CatalogCoordinates coordinates) {
        return real.orElseThrow().getEntityTableName(coordinates);
    }

    @Override
    public Optional<EntityDefinition> definition(CatalogCoordinates coordinates) {
        return ((DeclaresEntities) real.orElseThrow()).definition(coordinates);
    }

    @Override
    public List<EntityDefinition> definitions() {
        return ((DeclaresEntities) real.orElseThrow()).definitions();
    }

    private record Faulty(ParallelWriteEntity real, Fault fault) implements ParallelWriteEntity {

        @Override
        public WriteExecutionPlan plan(PlanRequest request, String correlationId) {
            if (fault == Fault.PLAN_FAILS) {
                throw MillraceException.external("the entity is out of order", null);
            }
            return real.plan(request, correlationId);
        }

        @Override
        public void complete(boolean success, String correlationId) {
            switch (fault) {
                case COMPLETION_IS_NOT_HEARD -> throw MillraceException.external("the entity hears nothing", null);
                case COMPLETION_DIES -> throw new StackOverflowError("while the entity is told");
                default -> real.complete(success, correlationId);
            }
        }

        @Override
        public CommitStatus committed(String correlationId) {
            return fault == Fault.COMMIT_FAILS ? CommitStatus.FAILED : real.committed(correlationId);
        }

        @Override
        public boolean remote() {
            return real.remote();
        }

        @Override
        public HotChannel hot() {
            return real.hot();
        }
    }
}
