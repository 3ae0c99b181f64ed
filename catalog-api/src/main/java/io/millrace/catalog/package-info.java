/**
 * Entities of a data lake: their coordinates, the protocol in which they are written, and the models of the product {@code parallelWrite}.
 *
 * <p>An {@link io.millrace.catalog.EntityCatalogConfiguration} finds the {@link io.millrace.catalog.ParallelWriteEntity} of
 * {@link io.millrace.catalog.CatalogCoordinates}; an {@link io.millrace.catalog.EntityExchange} leads one write through the entity's
 * protocol. This package knows nothing of Spark or of pipelines.
 */
@NullMarked
package io.millrace.catalog;

import org.jspecify.annotations.NullMarked;
