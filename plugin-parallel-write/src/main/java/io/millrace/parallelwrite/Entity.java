package io.millrace.parallelwrite;

import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdateBuilder;
import io.millrace.catalog.ParallelWrite;
import io.millrace.catalog.ParallelWriteModel;
import io.millrace.catalog.ParallelWriteModelSerde;
import io.millrace.catalog.SaveMode;
import io.millrace.catalog.WriterDetails;
import io.millrace.model.ModelBuilder;

/**
 * A model of product {@code parallelWrite}: an entity of the catalog, which is read, or written in one of its ways.
 *
 * <pre>{@code
 * Entity.of("sales", "orders_raw", "v1").append()
 * Entity.of("sales", "orders", "v1").upsert(ContinuousUpdate.on(List.of("order_id"), "updated_at"))
 * }</pre>
 */
public final class Entity extends ModelBuilder<Entity> {

    private Entity(ParallelWriteModel model) {
        super("parallelWrite");
        ParallelWriteModelSerde.serialize(model).properties().forEach(each -> set(each.getKey(), each.getValue()));
    }

    /**
     * The entity of these coordinates.
     *
     * @param domain the data domain
     * @param name its name inside the domain
     * @param version such as {@code v1}
     */
    public static Coordinates of(String domain, String name, String version) {
        return of(new CatalogCoordinates(domain, name, version));
    }

    /** The entity of these coordinates. */
    public static Coordinates of(CatalogCoordinates coordinates) {
        return new Coordinates(coordinates);
    }

    /** An entity, of which is yet to be said how it is written; one that is only read is as one that is appended to. */
    public static final class Coordinates {

        private final CatalogCoordinates entity;

        private Coordinates(CatalogCoordinates entity) {
            this.entity = entity;
        }

        /** Keeps the rows that are there and adds the new ones. */
        public Entity append() {
            return write(new ParallelWrite(SaveMode.APPEND));
        }

        /** Replaces the rows that are there. */
        public Entity overwrite() {
            return write(new ParallelWrite(SaveMode.OVERWRITE));
        }

        /** Replaces the partitions that a batch has rows for. */
        public Entity overwritePartitions() {
            return write(ParallelWrite.overwritePartitions());
        }

        /** Keeps one row of each key, the newest one. */
        public Entity upsert(ContinuousUpdate update) {
            return write(update);
        }

        /** Keeps one row of each key, the newest one. */
        public Entity upsert(ContinuousUpdateBuilder update) {
            return write(update.build());
        }

        /** Writes as is said, such as {@code new ParallelWrite(SaveMode.IGNORE).withSymlinkManifest()}. */
        public Entity write(WriterDetails details) {
            return new Entity(new ParallelWriteModel(details, entity));
        }
    }
}
