package io.millrace.catalog;

import com.typesafe.config.Config;

/**
 * Tells where the entities of your catalog are. Extend it, name your class in {@code plugin.microservice-catalog.catalog-class}, and give it
 * a public constructor without arguments.
 *
 * <p>Constructed once for each plan, on the driver, then {@linkplain #configure configured} once. After that it does not change: the two methods are
 * called by several threads at a time, of several runs of the plan, and again for every batch.
 */
public abstract class EntityCatalogConfiguration {

    /** Called by {@link EntityCatalogLoader} through the public constructor of your class. */
    protected EntityCatalogConfiguration() {}

    /**
     * Returns the entity at these coordinates. Called on the driver.
     *
     * @throws io.millrace.config.MillraceException of kind USER where the catalog has no such entity
     */
    public abstract ParallelWriteEntity getEntity(CatalogCoordinates coordinates);

    /**
     * Returns the name of the entity's table in the metastore, as SQL writes it: with its database where that is not the current one, each
     * part in backticks where it is not a plain word.
     *
     * @throws io.millrace.config.MillraceException of kind USER where the catalog has no such entity
     */
    public abstract String getEntityTableName(CatalogCoordinates coordinates);

    /**
     * Takes what the catalog needs from the configuration. Called once, after construction and before anything else, also by {@code check}:
     * read settings here, open no connections. Does nothing unless you override it.
     *
     * @param root the whole configuration of the run, resolved
     */
    protected void configure(Config root) {}
}
