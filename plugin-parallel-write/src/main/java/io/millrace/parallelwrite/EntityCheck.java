package io.millrace.parallelwrite;

import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.EntityDefinition;
import io.millrace.config.ConfigSection;
import io.millrace.spi.PlanContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;

/** Finds what is wrong with an entity before anything runs, where the catalog declares its entities. */
final class EntityCheck {

    private final CatalogOfRun catalog;
    private final ConfigSection entityDetails;
    private boolean wrong;

    EntityCheck(PlanContext context, CatalogOfRun catalog) {
        this.catalog = catalog;
        this.entityDetails = context.value().section("entityDetails");
    }

    /** Notes what is wrong, and returns whether anything is. */
    boolean wrong(CatalogCoordinates coordinates) {
        catalog.problem(coordinates).ifPresent(this::note);
        catalog.definition(coordinates).ifPresent(this::check);
        return wrong;
    }

    private void check(EntityDefinition entity) {
        entity.schema().ifPresent(ddl -> schema(entity, ddl).ifPresent(schema -> checkPartitions(entity, schema)));
    }

    private Optional<StructType> schema(EntityDefinition entity, String ddl) {
        try {
            return Optional.of(StructType.fromDDL(ddl));
        } catch (Exception notDdl) {
            note("the schema the catalog declares for " + entity.coordinates() + " is not DDL: " + reason(notDdl));
            return Optional.empty();
        }
    }

    private void checkPartitions(EntityDefinition entity, StructType schema) {
        List<String> columns = Stream.of(schema.fieldNames()).toList();
        entity.partitionBy().stream()
                .filter(partition -> columns.stream().noneMatch(partition::equalsIgnoreCase))
                .forEach(partition -> note("the catalog partitions " + entity.coordinates() + " by " + partition
                        + ", which its schema does not have; it has " + String.join(", ", columns)));
    }

    private static String reason(Exception notDdl) {
        return String.valueOf(notDdl.getMessage())
                .replaceFirst(" SQLSTATE: \\w+", "")
                .strip();
    }

    private void note(String problem) {
        entityDetails.problem(problem);
        wrong = true;
    }
}
