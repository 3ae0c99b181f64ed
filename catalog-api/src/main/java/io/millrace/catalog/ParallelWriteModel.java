package io.millrace.catalog;

import java.util.Objects;

/**
 * The value of a model of product {@code parallelWrite}: how which entity is written. {@link ParallelWriteModelSerde} turns it into JSON.
 *
 * @param writerDetails how it is written
 * @param entityDetails where the entity is
 */
public record ParallelWriteModel(WriterDetails writerDetails, CatalogCoordinates entityDetails) {

    /** Refuses nulls. */
    public ParallelWriteModel {
        Objects.requireNonNull(writerDetails, "writerDetails");
        Objects.requireNonNull(entityDetails, "entityDetails");
    }
}
