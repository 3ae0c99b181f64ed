package io.millrace.iceberg.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.HoconReader;
import io.millrace.iceberg.IcebergPlugin;
import io.millrace.spi.RunMode;
import io.millrace.testkit.TestModel;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CatalogsTest {

    @Test
    void aWarehouseIsEnoughForACatalogInADatabaseBesideItsTables() {
        CatalogSettings lake = catalog("lake { warehouse = /data/lake }");

        assertThat(lake.properties())
                .isEqualTo(Map.of(
                        "type", "jdbc",
                        "uri", "jdbc:sqlite:/data/lake/iceberg.db",
                        "jdbc.busy_timeout", "60000",
                        "warehouse", "file:///data/lake",
                        "cache-enabled", "false"));
        assertThat(catalog("lake { warehouse = \"file:///data/lake\" }").properties())
                .isEqualTo(lake.properties());
    }

    @Test
    void otherCatalogsAreTakenAsTheyAreWritten() {
        assertThat(catalog(
                                "shop { type = rest, uri = \"https://shop\", properties { token = secret, cache-enabled = true } }")
                        .properties())
                .isEqualTo(Map.of("type", "rest", "uri", "https://shop", "token", "secret", "cache-enabled", "true"));
        assertThat(catalog("shop { uri = \"jdbc:postgresql://db/ice\", warehouse = \"s3a://lake\" }")
                        .properties())
                .isEqualTo(Map.of(
                        "type", "jdbc",
                        "uri", "jdbc:postgresql://db/ice",
                        "warehouse", "s3a://lake",
                        "cache-enabled", "false"));
        assertThat(catalog("shop { properties { catalog-impl = com.acme.Catalog } }")
                        .properties())
                .isEqualTo(Map.of("catalog-impl", "com.acme.Catalog", "cache-enabled", "false"));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(
                        () -> Catalogs.load(
                                HoconReader.parse(
                                        "settings.conf",
                                        """
                        plugin.iceberg {
                          catalogs {
                            a { warehouse = "s3a://lake" }
                            b { type = rest }
                            c { type = hadoop, uri = "http://c" }
                            d { typ = hive }
                            e { type = jdbcc, warehouse = /lake }
                            f { type = hive, properties { catalog-impl = com.acme.Catalog, uri = x } }
                            spark_catalog { warehouse = /lake }
                            "g h" { warehouse = /lake }
                          }
                          catalog = x
                        }
                        """)))
                .hasMessage(
                        """
                        settings.conf:3:9  plugin.iceberg.catalogs.a.warehouse: "s3a://lake" is not a folder of this machine, in which the catalog's database could lie; write the uri of a database (jdbc:…), or another type: rest, hive
                        settings.conf:4:5  plugin.iceberg.catalogs.b.uri: is missing: the address of the catalog's server
                        settings.conf:5:5  plugin.iceberg.catalogs.c.warehouse: is missing: the folder in which the catalog's tables lie
                        settings.conf:5:24  plugin.iceberg.catalogs.c.uri: is not for type = hadoop: such a catalog is its warehouse
                        settings.conf:6:5  plugin.iceberg.catalogs.d.warehouse: is missing: the folder in which the catalog's tables lie
                        settings.conf:6:9  plugin.iceberg.catalogs.d.typ: unknown key; did you mean "type"? (known: properties, type, uri, warehouse)
                        settings.conf:7:9  plugin.iceberg.catalogs.e.type: unknown value "jdbcc"; did you mean "jdbc"? (known: hadoop, hive, jdbc, rest)
                        settings.conf:8:22  plugin.iceberg.catalogs.f.properties: write uri beside properties, not in it
                        settings.conf:8:9  plugin.iceberg.catalogs.f.type: cannot stand beside properties { catalog-impl }: write one of the two
                        settings.conf:9:5  plugin.iceberg.catalogs.spark_catalog: is the name of Spark's own catalog; choose another one
                        settings.conf:10:5  plugin.iceberg.catalogs."g h": is not the name of a catalog: a letter, then letters, digits, '_' and '-'
                        settings.conf:12:3  plugin.iceberg.catalog: unknown key; did you mean "catalogs"? (known: catalogs)\
                        """);
    }

    @Test
    void aModelOfAWrongCatalogSaysSo() {
        TestModel model = TestModel.of("table = lake.raw.rides").configuredBy("plugin.iceberg.catalogs.lake { }");

        assertThatThrownBy(() -> model.sink(new IcebergPlugin(), RunMode.BATCH))
                .hasMessage(
                        "settings.conf:1:25  plugin.iceberg.catalogs.lake.warehouse: is missing: the folder in which the"
                                + " catalog's tables lie");
    }

    @Test
    void aCatalogThatLosesCommitsIsPointedOutWhereItIsWritten() {
        String settings = "plugin.iceberg.catalogs.lake { type = hadoop, warehouse = \"%s\" }";
        TestModel disk = TestModel.of("table = lake.raw.rides").configuredBy(settings.formatted("/lake"));
        TestModel hdfs = TestModel.of("table = lake.raw.rides").configuredBy(settings.formatted("hdfs://n/lake"));

        disk.source(new IcebergPlugin());
        assertThat(disk.warnings()).isEmpty();
        disk.sink(new IcebergPlugin(), RunMode.BATCH);
        hdfs.sink(new IcebergPlugin(), RunMode.BATCH);

        assertThat(disk.warnings())
                .containsExactly(
                        "the Hadoop catalog lake is not safe where several processes write: on local disks and object"
                                + " stores commits get lost; leave its type out for a catalog in a database beside the tables, or use rest");
        assertThat(hdfs.warnings()).isEmpty();
    }

    @Test
    void aHiveMetastoreWithoutHiveIsExplained() {
        CatalogSettings hive = catalog("hive { type = hive }");

        hive.requireClasses(CatalogsTest.class.getClassLoader());
        assertThatThrownBy(() -> hive.requireClasses(ClassLoader.getPlatformClassLoader()))
                .hasMessage("catalog hive is in a Hive metastore, and Hive is not on the class path; add"
                        + " org.apache.spark:spark-hive_2.13 (on the command line: --metastore)");
    }

    @Test
    void passwordsAreNotShown() {
        assertThat(catalog("shop { type = rest, uri = \"https://shop\", properties { token = secret } }"))
                .hasToString("shop");
    }

    private static CatalogSettings catalog(String text) {
        Catalogs catalogs =
                Catalogs.load(HoconReader.parse("settings.conf", "plugin.iceberg.catalogs { " + text + " }"));
        return Objects.requireNonNull(
                catalogs.byName().get(catalogs.names().iterator().next()));
    }
}
