package io.millrace.catalog;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entity as a catalog declares it.
 *
 * @param coordinates where it is found
 * @param tableName its table as SQL writes it: with its database where that is not the current one, quoted where that is needed
 * @param format the format of its files
 * @param location where its files are, as the declaration has it
 * @param partitionBy the columns it is partitioned by; empty for none
 * @param schemaDdl its columns as DDL, such as {@code id BIGINT NOT NULL, name STRING}; null where the table exists already
 */
public record EntityDefinition(
        CatalogCoordinates coordinates,
        String tableName,
        EntityFormat format,
        String location,
        List<String> partitionBy,
        @Nullable String schemaDdl) {

    /** Copies the list. */
    public EntityDefinition {
        partitionBy = List.copyOf(partitionBy);
    }

    /** Returns the columns as DDL, where they are declared. */
    public Optional<String> schema() {
        return Optional.ofNullable(schemaDdl);
    }

    /** Returns the database as SQL writes it; empty for the current one. */
    public Optional<String> database() {
        return coordinates.database().map(Identifier::quoted);
    }
}
