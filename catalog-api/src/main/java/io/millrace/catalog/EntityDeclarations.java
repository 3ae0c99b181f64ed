package io.millrace.catalog;

import io.millrace.config.ConfigSection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decodes the entities of a {@link HoconEntityCatalog} and refuses what two of them must not share. */
final class EntityDeclarations {

    private final Map<String, String> takenBy = new HashMap<>();

    private EntityDeclarations() {}

    static List<EntityDefinition> decode(ConfigSection settings) {
        EntityDeclarations declarations = new EntityDeclarations();
        List<EntityDefinition> entities = new ArrayList<>();
        List<ConfigSection> written = settings.sections(HoconEntityCatalog.ENTITIES);
        boolean none = settings.raw(HoconEntityCatalog.ENTITIES)
                .map(list -> list.isArray() && list.isEmpty())
                .orElse(true);
        if (none) {
            settings.problem(HoconEntityCatalog.ENTITIES, "must list at least one entity");
        }
        written.forEach(entity -> declarations.entity(entity).ifPresent(entities::add));
        return entities;
    }

    private Optional<EntityDefinition> entity(ConfigSection section) {
        Optional<CatalogCoordinates> coordinates = CatalogCoordinates.decode(section.section("coordinates"));
        String table = section.string("table");
        if (table.contains(".") || table.contains("`")) {
            section.problem(
                    "table",
                    "must be a table's name alone, not \"" + table
                            + "\"; the database is coordinates.overrideDbName, else dbPrefix + domain");
        }
        Optional<EntityFormat> format = format(section);
        Optional<String> catalog = section.optionalString("catalog");
        format.ifPresent(known -> checkCatalog(section, known));
        String location = section.string("location");
        List<String> partitionBy = section.strings("partition-by");
        Optional<String> schema = section.optionalString("schema");
        coordinates.ifPresent(at -> claim(section, at, tableName(catalog, at, table), location));
        return section.build(() -> new EntityDefinition(
                coordinates.orElseThrow(),
                tableName(catalog, coordinates.orElseThrow(), table),
                format.orElseThrow(),
                location,
                partitionBy,
                schema.orElse(null)));
    }

    private static Optional<EntityFormat> format(ConfigSection section) {
        String name = section.string("format");
        Optional<EntityFormat> format = EntityFormat.find(name);
        if (format.isEmpty() && !name.isEmpty()) {
            section.problem("format", EntityFormat.unknown(name));
        }
        return format;
    }

    private void claim(ConfigSection section, CatalogCoordinates coordinates, String table, String location) {
        String entity = coordinates.toString();
        if (takenBy.putIfAbsent("entity " + entity, entity) != null) {
            section.problem("coordinates", "entity " + entity + " is declared twice");
            return;
        }
        claim(section, "table", table.toLowerCase(Locale.ROOT), entity);
        claim(section, "location", location.replaceAll("/+$", ""), entity);
    }

    private void claim(ConfigSection section, String key, String value, String entity) {
        if (section.has(key)) {
            String other = takenBy.putIfAbsent(key + " " + value, entity);
            if (other != null) {
                section.problem(
                        key,
                        value + " belongs to entity " + other + " already; every entity needs a " + key
                                + " of its own");
            }
        }
    }

    /** Spark's own catalog holds Parquet and Delta tables, and Iceberg's catalogs hold Iceberg's. */
    private static void checkCatalog(ConfigSection section, EntityFormat format) {
        boolean iceberg = format == EntityFormat.ICEBERG;
        if (iceberg != section.has("catalog")) {
            section.problem(
                    "catalog",
                    iceberg
                            ? "is missing: the name of the Iceberg catalog that holds the table, such as one of plugin.iceberg.catalogs"
                            : "is for format = Iceberg; a " + format + " table is in Spark's own catalog");
        }
    }

    private static String tableName(Optional<String> catalog, CatalogCoordinates coordinates, String table) {
        return Stream.of(catalog, coordinates.database(), Optional.of(table))
                .flatMap(Optional::stream)
                .map(Identifier::quoted)
                .collect(Collectors.joining("."));
    }
}
