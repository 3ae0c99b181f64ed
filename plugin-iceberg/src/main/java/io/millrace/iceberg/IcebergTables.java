package io.millrace.iceberg;

import io.millrace.config.ConfigDocument;
import io.millrace.iceberg.internal.catalog.Catalogs;
import io.millrace.spi.TablePlugin;
import org.apache.spark.sql.SparkSession;

/** Lets SQL see the catalogs of a configuration, and so all their tables. */
public final class IcebergTables implements TablePlugin {

    /** Called by {@link java.util.ServiceLoader}. */
    public IcebergTables() {}

    @Override
    public String settingsKey() {
        return Catalogs.KEY;
    }

    @Override
    public void registerTables(ConfigDocument settings, SparkSession session) {
        Catalogs.load(settings).register(session);
    }
}
