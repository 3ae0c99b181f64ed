package io.millrace.parallelwrite;

import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.EntityDefinition;
import io.millrace.catalog.EntityFormat;
import io.millrace.catalog.WriteExecutionPlan;
import io.millrace.config.MillraceException;
import io.millrace.parallelwrite.internal.spark.RegisteredTable;
import io.millrace.parallelwrite.internal.spark.RegisteredTables;
import io.millrace.parallelwrite.internal.spark.ResolvedTableName;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Finds the table of an entity in the session's catalog, or makes it of what the entity catalog declares. */
record TargetTables(CatalogOfRun catalog, ClassPathExtensions extensions) {

    /**
     * Returns the table of an entity.
     *
     * @throws MillraceException of kind USER where there is none and its schema is not declared, or where it lies elsewhere than is declared
     */
    RegisteredTable table(SparkSession session, CatalogCoordinates coordinates) {
        ResolvedTableName name = name(session, coordinates);
        Optional<EntityDefinition> declared =
                catalog.definition(coordinates).filter(entity -> entity.schema().isPresent());
        return find(session, name, coordinates).orElseGet(() -> {
            declared.ifPresent(entity -> create(session, name, entity));
            return find(session, name, coordinates)
                    .orElseThrow(() -> MillraceException.user(missing(coordinates, name)));
        });
    }

    /**
     * Returns the rows of an entity, and changes nothing but the session's catalog: an entity that is declared, and that nobody has written
     * yet, has none.
     *
     * @throws MillraceException of kind USER where there is no table and its schema is not declared
     */
    Dataset<Row> rows(SparkSession session, CatalogCoordinates coordinates) {
        Optional<StructType> columns = columns(session, coordinates);
        if (columns.isPresent() && existing(session, coordinates).isEmpty()) {
            return session.createDataFrame(List.of(), columns.get());
        }
        return session.table(table(session, coordinates).name().sql());
    }

    /** Returns the columns of an entity's table, or those that it is declared with; empty where neither is known. */
    Optional<StructType> columns(SparkSession session, CatalogCoordinates coordinates) {
        Optional<EntityDefinition> declared = catalog.definition(coordinates);
        declared.ifPresent(entity -> register(session, entity));
        return existing(session, coordinates)
                .map(RegisteredTable::schema)
                .or(() -> declared.flatMap(EntityDefinition::schema).map(StructType::fromDDL));
    }

    /** Returns the table of an entity, where the session's catalog has it. */
    Optional<RegisteredTable> existing(SparkSession session, CatalogCoordinates coordinates) {
        return find(session, name(session, coordinates), coordinates);
    }

    /** Creates the table of an entity whose files are there, unless it is; their schema stands in for one that is not declared. */
    void register(SparkSession session, EntityDefinition entity) {
        if (existing(session, entity.coordinates()).isEmpty()
                && StoragePath.exists(session, location(session, entity))) {
            create(session, name(session, entity.coordinates()), entity);
        }
    }

    /** Returns the format of a table. */
    Optional<ColdFormat> format(RegisteredTable table) {
        return extensions.provider(table.provider());
    }

    /** Returns an entity's declared place as Hadoop's file systems name it. */
    static String location(SparkSession session, EntityDefinition entity) {
        String hadoop = new WriteExecutionPlan.Cold(entity.format(), entity.location(), null).location();
        return StoragePath.absolute(session, hadoop);
    }

    /** Returns the name of an entity's table, whose catalog the session knows then. */
    ResolvedTableName name(SparkSession session, CatalogCoordinates coordinates) {
        String written = catalog.tableName(coordinates);
        extensions.formats().forEach(format -> format.prepare(catalog.settings(), session, written));
        return ResolvedTableName.of(session, written);
    }

    private Optional<RegisteredTable> find(
            SparkSession session, ResolvedTableName name, CatalogCoordinates coordinates) {
        return RegisteredTables.find(session, name).map(found -> catalog.definition(coordinates)
                .map(entity -> declared(session, found, entity))
                .orElse(found));
    }

    private static RegisteredTable declared(SparkSession session, RegisteredTable found, EntityDefinition entity) {
        String location = location(session, entity);
        Optional<String> elsewhere = found.location().filter(place -> !StoragePath.same(session, place, location));
        if (elsewhere.isPresent()) {
            throw MillraceException.user(elsewhere(entity, location, found.name(), elsewhere.get()));
        }
        return entity.schema().map(found::withNullabilityOf).orElse(found);
    }

    private void create(SparkSession session, ResolvedTableName name, EntityDefinition entity) {
        EntityFormat format = entity.format();
        ColdFormat cold = extensions
                .format(format)
                .orElseThrow(() -> MillraceException.plugin(extensions.missingFormat(format), null));
        if (!name.namespace().isEmpty()) {
            session.sql("CREATE DATABASE IF NOT EXISTS " + name.namespaceSql());
        }
        cold.createTable(
                session,
                new DeclaredTable(
                        name.sql(), entity.schema().orElse(null), entity.partitionBy(), location(session, entity)));
    }

    /** Where tables outlive a run, its files would go to one place, and its readers look into another. */
    private static String elsewhere(EntityDefinition entity, String location, ResolvedTableName name, String place) {
        return "entity " + entity.coordinates() + ": its location is " + location + ", but table " + name + " lies at "
                + place
                + "; let the entity have the table's location, or the table the entity's (ALTER TABLE … SET LOCATION), or drop the table";
    }

    private static String missing(CatalogCoordinates coordinates, ResolvedTableName name) {
        return "entity " + coordinates + ": the session's catalog has no table " + name
                + "; create it, or declare the entity's schema in the catalog (schema = \"id BIGINT NOT NULL, …\")";
    }
}
