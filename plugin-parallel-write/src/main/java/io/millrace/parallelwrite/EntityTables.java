package io.millrace.parallelwrite;

import com.typesafe.config.Config;
import io.millrace.catalog.DeclaresEntities;
import io.millrace.catalog.EntityCatalogLoader;
import io.millrace.config.ConfigDocument;
import io.millrace.spi.TablePlugin;
import org.apache.spark.sql.SparkSession;

/** Makes the entities that a configuration declares visible to SQL, as far as their files are there. */
public final class EntityTables implements TablePlugin {

    private static final String ENTITIES = EntityCatalogLoader.PATH + ".entities";

    /** Made by {@link java.util.ServiceLoader}. */
    public EntityTables() {}

    @Override
    public String settingsKey() {
        return "microservice-catalog";
    }

    @Override
    public void registerTables(ConfigDocument settings, SparkSession session) {
        Config config = settings.config();
        if (!config.hasPath(ENTITIES)) {
            return;
        }
        ClassLoader classes = Thread.currentThread().getContextClassLoader();
        CatalogOfRun catalog = CatalogOfRun.load(settings, classes);
        TargetTables tables = new TargetTables(catalog, ClassPathExtensions.load(classes));
        if (catalog.configuration() instanceof DeclaresEntities declares) {
            declares.definitions().forEach(entity -> tables.register(session, entity));
        }
    }
}
