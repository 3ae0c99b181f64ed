package com.acme.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.run.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersTest {

    @TempDir
    static Path folder;

    static SparkSession spark;

    @BeforeAll
    static void startSpark() {
        spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                .config("spark.databricks.delta.snapshotPartitions", 2)
                .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .getOrCreate();
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    @Test
    void everyEventIsKeptAndTheLatestStateOfEachOrderIsUpserted() throws Exception {
        Path lake = folder.resolve("lake");
        ConfigDocument settings = HoconReader.read(
                Path.of(OrdersTest.class.getResource("/orders.conf").toURI()), Map.of("lake", lake.toString()));
        String columns = "(id BIGINT, number BIGINT, price DECIMAL(10,2)) USING ";
        spark.sql("CREATE TABLE orders_raw_v1 " + columns + "parquet LOCATION '" + lake.resolve("sales/orders_raw") + "'");
        spark.sql("CREATE TABLE orders_v1 " + columns + "delta LOCATION '" + lake.resolve("sales/orders") + "'");
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        Files.writeString(
                inbox.resolve("1.jsonl"),
                """
                {"id": 1, "number": 1, "price": 10.5}
                {"id": 1, "number": 3, "price": 9.75}
                {"id": 1, "number": 2, "price": 12}
                {"id": 2, "number": 1, "price": 0}
                {"id": 3, "number": 7, "price": 1.25}
                """);

        RunResult result = Orders.run(spark, settings, inbox.toString());

        assertEquals(5, result.etl("keep").outputs().get(0).counts().committed());
        assertEquals(1, result.etl("upsert").outputs().get(0).counts().dropped());
        assertEquals(2, result.etl("upsert").outputs().get(0).counts().collapsed());
        assertEquals(5, spark.table("orders_raw_v1").count());
        assertEquals(List.of("[1,3,9.75]", "[3,7,1.25]"), rows("SELECT * FROM orders_v1 ORDER BY id"));
    }

    @Test
    void aCatalogClassThatIsNotThereIsExplained() {
        ConfigDocument settings =
                HoconReader.parse("orders.conf", "plugin.microservice-catalog.catalog-class = com.acme.orders.Nowhere");

        MillraceException refused =
                assertThrows(MillraceException.class, () -> Orders.run(spark, settings, folder.toString()));

        assertEquals(
                "orders.conf:1:29  plugin.microservice-catalog.catalog-class: class \"com.acme.orders.Nowhere\" not found;"
                        + " check the name, and that its jar is on the classpath (--jars)",
                refused.getMessage());
    }

    private static List<String> rows(String sql) {
        return spark.sql(sql).collectAsList().stream().map(Row::toString).toList();
    }
}
