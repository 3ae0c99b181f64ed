package io.millrace.spi;

import io.millrace.config.ConfigDocument;
import org.apache.spark.sql.SparkSession;

/** Makes the tables a configuration speaks of visible to SQL. Found by {@link java.util.ServiceLoader}. */
public interface TablePlugin {

    /** Returns the key under {@code plugin} that holds its settings. */
    String settingsKey();

    /**
     * Registers tables in the session's catalog, those that exist only.
     *
     * @param settings the whole configuration; one that holds nothing for this plugin is left alone
     */
    void registerTables(ConfigDocument settings, SparkSession session);
}
