package io.millrace.parallelwrite;

import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.DeclaresEntities;
import io.millrace.catalog.EntityCatalogConfiguration;
import io.millrace.catalog.EntityCatalogLoader;
import io.millrace.catalog.EntityDefinition;
import io.millrace.catalog.ExchangeSettings;
import io.millrace.catalog.ParallelWriteEntity;
import io.millrace.config.ConfigDocument;
import io.millrace.config.MillraceException;
import io.millrace.config.Problems;
import io.millrace.config.Suggestion;
import io.millrace.spi.PlanContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The catalog of a run, how patient its exchanges are, and the configuration around it. Blames the user's class for what it does wrong. */
record CatalogOfRun(EntityCatalogConfiguration configuration, ExchangeSettings exchange, ConfigDocument settings) {

    /** Loads the catalog once per plan; empty where something is wrong with it, which is noted. */
    static Optional<CatalogOfRun> of(PlanContext context) {
        return context.once(CatalogOfRun.class, () -> {
            try {
                return Optional.of(load(context.settings(), context.classLoader()));
            } catch (MillraceException refused) {
                context.value().problem(refused);
                return Optional.empty();
            }
        });
    }

    static CatalogOfRun load(ConfigDocument settings, ClassLoader classes) {
        EntityCatalogConfiguration configuration = new EntityCatalogLoader(classes).load(settings);
        Problems problems = new Problems();
        Optional<ExchangeSettings> exchange = ExchangeSettings.of(settings, problems);
        problems.throwIfAny();
        return new CatalogOfRun(configuration, exchange.orElseGet(ExchangeSettings::defaults), settings);
    }

    /** Returns what the catalog declares of an entity; empty too for a catalog that declares nothing. */
    Optional<EntityDefinition> definition(CatalogCoordinates coordinates) {
        return configuration instanceof DeclaresEntities declares ? declares.definition(coordinates) : Optional.empty();
    }

    /** Returns what is wrong with coordinates, as far as the catalog's declarations tell. */
    Optional<String> problem(CatalogCoordinates coordinates) {
        if (!(configuration instanceof DeclaresEntities declares)
                || declares.definition(coordinates).isPresent()) {
            return Optional.empty();
        }
        List<String> known = declares.definitions().stream()
                .map(definition -> definition.coordinates().toString())
                .toList();
        return Optional.of(
                "the catalog has no entity " + coordinates + "; " + Suggestion.among(coordinates.toString(), known));
    }

    ParallelWriteEntity entity(CatalogCoordinates coordinates) {
        return asked("getEntity", coordinates, configuration::getEntity);
    }

    /** Returns the name of the entity's table, as the catalog writes it. */
    String tableName(CatalogCoordinates coordinates) {
        return asked("getEntityTableName", coordinates, configuration::getEntityTableName);
    }

    private <T> T asked(String method, CatalogCoordinates coordinates, Function<CatalogCoordinates, T> call) {
        String where = configuration.getClass().getName() + "." + method + "(" + coordinates + ")";
        @Nullable T answer;
        try {
            answer = call.apply(coordinates);
        } catch (MillraceException refused) {
            throw refused;
        } catch (RuntimeException thrown) {
            throw MillraceException.plugin(where + " failed: " + thrown, thrown);
        }
        if (answer == null) {
            throw MillraceException.plugin(where + " returned null", null);
        }
        return answer;
    }
}
