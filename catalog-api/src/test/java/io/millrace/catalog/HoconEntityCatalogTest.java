package io.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoconEntityCatalogTest {

    private static final CatalogCoordinates RAW = new CatalogCoordinates("sales", "orders_raw", "v1");

    private static final String LAKE =
            """
            lake = "/data/lake"
            plugin.microservice-catalog {
              entities = [
                { coordinates { domain = sales, name = orders_raw, version = v1 }
                  table = orders_raw, format = Parquet, location = ${lake}"/orders_raw", partition-by = [order_date]
                  schema = "order_id BIGINT NOT NULL, order_date DATE" }
                { coordinates { domain = sales, name = orders, version = v1, dbPrefix = dev_ }
                  table = orders, format = delta, location = ${lake}"/orders" }
                { coordinates { domain = sales, name = orders, version = v2, overrideDbName = "my lake" }
                  table = "orders-v2", format = DELTA, location = "orders_v2" }
              ]
            }
            """;

    @Test
    void readsItsEntities() {
        EntityCatalogConfiguration catalog = load(LAKE);

        assertThat(catalog.getEntity(RAW)).isEqualTo(ParallelWriteEntity.local("Parquet", "/data/lake/orders_raw"));
        assertThat(catalog.getEntityTableName(RAW)).isEqualTo("orders_raw");
        assertThat(((DeclaresEntities) catalog).definition(RAW))
                .contains(new EntityDefinition(
                        RAW,
                        "orders_raw",
                        EntityFormat.PARQUET,
                        "/data/lake/orders_raw",
                        List.of("order_date"),
                        "order_id BIGINT NOT NULL, order_date DATE"));
    }

    @Test
    void putsTablesIntoTheDatabaseOfTheirCoordinates() {
        List<EntityDefinition> definitions = ((DeclaresEntities) load(LAKE)).definitions();

        assertThat(definitions)
                .extracting(EntityDefinition::tableName)
                .containsExactly("orders_raw", "dev_sales.orders", "`my lake`.`orders-v2`");
        assertThat(definitions)
                .extracting(definition -> definition.database().orElse("(current)"))
                .containsExactly("(current)", "dev_sales", "`my lake`");
        assertThat(definitions.get(1).schema()).isEmpty();
        assertThat(definitions.get(2).location()).isEqualTo("orders_v2");
    }

    @Test
    void canBeNamedAsTheCatalogClass() {
        EntityCatalogConfiguration catalog =
                load(LAKE + "plugin.microservice-catalog.catalog-class = " + HoconEntityCatalog.class.getName());

        assertThat(catalog.getEntityTableName(RAW)).isEqualTo("orders_raw");
    }

    @Test
    void saysWhichEntitiesThereAre() {
        EntityCatalogConfiguration catalog = load(LAKE);

        assertThatThrownBy(() -> catalog.getEntity(new CatalogCoordinates("sales", "order_raw", "v1")))
                .isInstanceOf(MillraceException.class)
                .hasMessage("plugin.microservice-catalog.entities: no entity sales/order_raw/v1; "
                        + "did you mean \"sales/orders_raw/v1\"? (known: sales/orders/v1 (database dev_sales), "
                        + "sales/orders/v2 (database my lake), sales/orders_raw/v1)");
        assertThatThrownBy(() -> catalog.getEntityTableName(new CatalogCoordinates("hr", "people", "v9")))
                .hasMessage("plugin.microservice-catalog.entities: no entity hr/people/v9; "
                        + "known: sales/orders/v1 (database dev_sales), sales/orders/v2 (database my lake), "
                        + "sales/orders_raw/v1");
    }

    @Test
    void reportsEverythingThatIsWrongWithItsPlace(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("lake.conf");
        Files.writeString(
                file,
                """
                plugin.microservice-catalog {
                  entities = [
                    { coordinates { domain = "", name = a, versio = v1 }
                      table = a
                      format = Orc
                      locaton = /lake/a }
                    { coordinates { domain = d, name = b, version = v1 }
                      table = "db.b", format = Delta
                      location = /lake/b
                      partition-by = day }
                    { coordinates { domain = d, name = b, version = v1 }
                      table = b2, format = Delta, location = /lake/b2 }
                    { coordinates { domain = d, name = c, version = v1 }, format = Delta
                      table = C1
                      location = /lake/c }
                    { coordinates { domain = d, name = e, version = v1 }, format = Delta
                      table = c1
                      location = /lake/c/ }
                  ]
                }
                """);

        assertThatThrownBy(() -> new EntityCatalogLoader().load(HoconReader.read(file, Map.of())))
                .isInstanceOf(MillraceException.class)
                .hasMessage(
                        """
                        FILE:3:21  plugin.microservice-catalog.entities[0].coordinates.domain: must not be blank
                        FILE:3:7  plugin.microservice-catalog.entities[0].coordinates.version: is missing
                        FILE:3:44  plugin.microservice-catalog.entities[0].coordinates.versio: unknown key; \
                        did you mean "version"? (known: dbPrefix, domain, name, overrideDbName, version)
                        FILE:3  plugin.microservice-catalog.entities[0].location: is missing
                        FILE:5:7  plugin.microservice-catalog.entities[0].format: unknown format "Orc"; known: Delta, Iceberg, Parquet
                        FILE:6:7  plugin.microservice-catalog.entities[0].locaton: unknown key; \
                        did you mean "location"? (known: catalog, coordinates, format, location, partition-by, schema, table)
                        FILE:8:7  plugin.microservice-catalog.entities[1].table: must be a table's name alone, not "db.b"; \
                        the database is coordinates.overrideDbName, else dbPrefix + domain
                        FILE:10:7  plugin.microservice-catalog.entities[1].partition-by: must be a list [ … ], not "day"
                        FILE:11:7  plugin.microservice-catalog.entities[2].coordinates: entity d/b/v1 is declared twice
                        FILE:17:7  plugin.microservice-catalog.entities[4].table: c1 belongs to entity d/c/v1 already; \
                        every entity needs a table of its own
                        FILE:18:7  plugin.microservice-catalog.entities[4].location: /lake/c belongs to entity d/c/v1 already; \
                        every entity needs a location of its own"""
                                .replace("FILE", file.toString()));
    }

    @Test
    void icebergTablesAreInACatalogOfTheirOwn() {
        EntityCatalogConfiguration catalog = load(
                """
                plugin.microservice-catalog.entities = [
                  { coordinates { domain = d, name = a, version = v1, overrideDbName = raw }
                    catalog = icebase, table = a-1, format = iceberg, location = /lake/raw/a-1 } ]
                """);

        assertThat(catalog.getEntityTableName(new CatalogCoordinates("d", "a", "v1", null, "raw")))
                .isEqualTo("icebase.raw.`a-1`");
        assertThatThrownBy(
                        () -> load(
                                """
                                plugin.microservice-catalog.entities = [
                                  { coordinates { domain = d, name = a, version = v1 }
                                    table = a, format = Iceberg, location = /lake/a }
                                  { coordinates { domain = d, name = b, version = v1 }
                                    catalog = icebase, table = b, format = Delta, location = /lake/b } ]
                                """))
                .hasMessage(
                        """
                        conf:2  plugin.microservice-catalog.entities[0].catalog: is missing: the name of the Iceberg catalog that holds the table, such as one of plugin.iceberg.catalogs
                        conf:5:5  plugin.microservice-catalog.entities[1].catalog: is for format = Iceberg; a Delta table is in Spark's own catalog\
                        """);
    }

    @Test
    void refusesAnEmptyList() {
        assertThatThrownBy(() -> load("plugin.microservice-catalog.entities = []"))
                .hasMessage("conf:1:29  plugin.microservice-catalog.entities: must list at least one entity");
    }

    private static EntityCatalogConfiguration load(String text) {
        return new EntityCatalogLoader().load(HoconReader.parse("conf", text));
    }
}
