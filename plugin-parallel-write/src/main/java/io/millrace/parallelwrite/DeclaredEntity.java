package io.millrace.parallelwrite;

import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.EntityDefinition;
import io.millrace.catalog.EntityFormat;
import io.millrace.internal.files.ReplacedFiles;
import io.millrace.internal.spark.LocalPlace;
import io.millrace.parallelwrite.internal.spark.DeclaredType;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/**
 * What a catalog declares of an entity, and whether that is all there is to know: of a table that is there, its own columns count.
 *
 * @param evolving the entities that get columns while the plan runs
 */
record DeclaredEntity(CatalogCoordinates coordinates, CatalogOfRun catalog, EvolvingEntities evolving) {

    /** Returns its columns, where they are declared. */
    Optional<StructType> columns() {
        return catalog.definition(coordinates).flatMap(EntityDefinition::schema).flatMap(DeclaredType::of);
    }

    /** Returns the columns it is partitioned by. */
    List<String> partitionBy() {
        return catalog.definition(coordinates)
                .map(EntityDefinition::partitionBy)
                .orElse(List.of());
    }

    /** Says why rows for which a condition on these columns holds cannot be replaced; empty where nothing is known to be in the way. */
    Optional<String> replacementProblem(Set<String> columns) {
        return catalog.definition(coordinates)
                .filter(entity -> entity.format() == EntityFormat.PARQUET)
                .flatMap(entity -> ReplacedFiles.problem(columns, entity.partitionBy()));
    }

    /** Returns whether its table may have other columns than are declared, or compute some. */
    boolean mayDiffer() {
        return columns().isEmpty()
                || evolving.has(coordinates)
                || catalog.definition(coordinates)
                        .map(EntityDefinition::location)
                        .filter(DeclaredEntity::nothingThere)
                        .isEmpty();
    }

    /** Only this machine can be looked at without a connection. */
    private static boolean nothingThere(String location) {
        return LocalPlace.of(location).filter(Files::notExists).isPresent();
    }
}
