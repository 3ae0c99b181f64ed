package io.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.testkit.EntityCall;
import io.millrace.testkit.EntityServer;
import org.junit.jupiter.api.Test;

class RestEntityCatalogTest {

    private static final CatalogCoordinates ORDERS = new CatalogCoordinates("sales", "orders", "v1");

    @Test
    void findsAnEntityAtItsAddress() {
        try (EntityServer server = EntityServer.start()) {
            server.entity("/sales/big orders/v1").cold("Delta", "/lake/orders");
            EntityCatalogConfiguration catalog =
                    load("base-url = \"" + server.address() + "/{domain}/{name}/{version}\"");

            WriteExecutionPlan plan = catalog.getEntity(new CatalogCoordinates("sales", "big orders", "v1"))
                    .plan(PlanRequest.unfiltered(), "batch-1");

            assertThat(plan).isEqualTo(WriteExecutionPlan.cold(EntityFormat.DELTA, "/lake/orders"));
            assertThat(server.entity("/sales/big orders/v1").calls()).containsExactly(EntityCall.PLAN);
        }
    }

    @Test
    void showsWhereAnEntityIs() {
        assertThat(load("base-url = \"https://host/api/{domain}/{name}/\"").getEntity(ORDERS))
                .hasToString("entity at https://host/api/sales/orders");
    }

    @Test
    void namesTables() {
        CatalogCoordinates dev = new CatalogCoordinates("sales", "orders", "v1", "dev_", null);

        EntityCatalogConfiguration plain = load("base-url = \"http://host/{name}\"");
        assertThat(plain.getEntityTableName(ORDERS)).isEqualTo("orders");
        assertThat(plain.getEntityTableName(dev)).isEqualTo("dev_sales.orders");

        EntityCatalogConfiguration named =
                load("base-url = \"http://host/{name}\", table = \"{domain}_{name}_{version}\"");
        assertThat(named.getEntityTableName(dev)).isEqualTo("dev_sales.sales_orders_v1");

        EntityCatalogConfiguration elsewhere =
                load("base-url = \"http://host/{name}\", table = \"lake.{database}.{name}\"");
        assertThat(elsewhere.getEntityTableName(dev)).isEqualTo("lake.dev_sales.orders");
        assertThat(elsewhere.getEntityTableName(new CatalogCoordinates("sales", "or`der.s", "v1", "dev-", null)))
                .isEqualTo("lake.`dev-sales`.`or``der.s`");
        assertThatThrownBy(() -> elsewhere.getEntityTableName(ORDERS))
                .isInstanceOf(MillraceException.class)
                .hasMessage("plugin.microservice-catalog.table \"{database}\" needs {database}, "
                        + "which sales/orders/v1 does not say");
    }

    @Test
    void canBeNamedAsTheCatalogClass() {
        EntityCatalogConfiguration catalog =
                load("base-url = \"http://host/{name}\", catalog-class = " + RestEntityCatalog.class.getName());

        assertThat(catalog.getEntity(ORDERS)).hasToString("entity at http://host/orders");
    }

    @Test
    void refusesTemplatesThatLeadNowhere() {
        refused(
                "base-url = \"http://host/{nme}\", table = \"{schema}\"",
                """
                conf:1:31  plugin.microservice-catalog.base-url: unknown placeholder {nme}; did you mean "name"? \
                (known: database, dbPrefix, domain, name, overrideDbName, version)
                conf:1:63  plugin.microservice-catalog.table: unknown placeholder {schema}; \
                known: database, dbPrefix, domain, name, overrideDbName, version""");
        refused(
                "base-url = \"http://host/{domain}\"",
                "conf:1:31  plugin.microservice-catalog.base-url: must hold {name}: every entity has an address of its own");
        refused(
                "base-url = \"host/{name}\"",
                "conf:1:31  plugin.microservice-catalog.base-url: the URL of an entity must be http://host/path or "
                        + "https://host/path, without ? and #, not \"host/name\"");
        refused(
                "base-url = \"http://ho st/{name}\"",
                "conf:1:31  plugin.microservice-catalog.base-url: is not a URL: "
                        + "Illegal character in authority at index 7: http://ho st/name");
    }

    @Test
    void excludesAListOfEntities() {
        refused(
                "base-url = \"http://host/{name}\", entities = [], tabel = x",
                """
                conf:1:31  plugin.microservice-catalog.base-url: excludes entities; keep one of them
                conf:1:64  plugin.microservice-catalog.entities: must list at least one entity
                conf:1:79  plugin.microservice-catalog.tabel: unknown key; did you mean "table"? \
                (known: base-url, catalog-class, entities, exchange, table)""");
    }

    private static void refused(String settings, String message) {
        assertThatThrownBy(() -> load(settings))
                .isInstanceOf(MillraceException.class)
                .hasMessage(message);
    }

    private static EntityCatalogConfiguration load(String settings) {
        return new EntityCatalogLoader()
                .load(HoconReader.parse("conf", "plugin.microservice-catalog { " + settings + " }"));
    }
}
