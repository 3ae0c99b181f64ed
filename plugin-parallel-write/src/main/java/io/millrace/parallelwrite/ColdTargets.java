package io.millrace.parallelwrite;

import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.EntityFormat;
import io.millrace.catalog.TemporaryCredentials;
import io.millrace.catalog.WriteExecutionPlan.Cold;
import io.millrace.config.MillraceException;
import io.millrace.parallelwrite.internal.spark.RegisteredTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Makes the targets of one entity: the place from the plan, the schema from the table. */
record ColdTargets(CatalogCoordinates coordinates, TargetTables tables) {

    /**
     * Returns where a plan sends the rows.
     *
     * @throws MillraceException where the entity has no table, or one that the files would spoil
     */
    ColdTarget of(SparkSession session, Cold plan) {
        RegisteredTable table = tables.table(session, coordinates);
        String location = StoragePath.absolute(session, plan.location());
        refuseForeignFiles(session, plan.format(), location, table);
        Map<String, String> options = plan.credentials()
                .flatMap(TemporaryCredentials::forWriting)
                .flatMap(key -> StorageOptions.of(location, key))
                .orElse(Map.of());
        return new ColdTarget(
                entity(),
                plan.format(),
                location,
                table.name().sql(),
                table.schema(),
                table.partitionColumns(),
                options);
    }

    /** Returns where earlier batches went, as far as that is known without asking the entity for a plan. */
    Optional<ColdTarget> known(SparkSession session) {
        return tables.catalog()
                .definition(coordinates)
                .map(entity -> bare(
                        entity.format(),
                        TargetTables.location(session, entity),
                        tables.name(session, coordinates).sql()))
                .or(() -> tables.existing(session, coordinates).flatMap(this::known));
    }

    private Optional<ColdTarget> known(RegisteredTable table) {
        return tables.format(table).flatMap(format -> table.location()
                .map(location -> bare(format.format(), location, table.name().sql())));
    }

    private ColdTarget bare(EntityFormat format, String location, String table) {
        return new ColdTarget(entity(), format, location, table, new StructType(), List.of(), Map.of());
    }

    private String entity() {
        return coordinates.domain() + "/" + coordinates.name() + "/" + coordinates.version();
    }

    private void refuseForeignFiles(SparkSession session, EntityFormat format, String location, RegisteredTable table) {
        boolean foreign =
                tables.format(table).filter(known -> known.format() == format).isEmpty();
        if (foreign
                && table.location()
                        .filter(at -> StoragePath.same(session, at, location))
                        .isPresent()) {
            throw MillraceException.user("entity " + coordinates + ": its files are to be " + format + " at " + location
                    + ", but there lies table " + table.name() + ", which is " + table.provider()
                    + "; let the entity and its table have one format");
        }
    }
}
