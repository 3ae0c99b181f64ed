package com.acme.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.run.RunResult;
import io.millrace.spi.Counts;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class OrdersTest {

    private final SparkSession spark;
    private final Path folder;

    OrdersTest(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
    }

    @Test
    void everyEventIsKeptAndTheLatestStateOfEachOrderIsUpserted() throws Exception {
        Path lake = folder.resolve("lake");
        ConfigDocument settings = HoconReader.read(
                Path.of(OrdersTest.class.getResource("/orders.conf").toURI()), Map.of("lake", lake.toString()));
        String columns = "(id BIGINT, number BIGINT, price DECIMAL(10,2)) USING ";
        spark.sql("CREATE TABLE orders_raw_v1 " + columns + "parquet LOCATION '" + lake.resolve("sales/orders_raw")
                + "'");
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

        RunResult result = Orders.run(spark, settings, inbox.toString(), lake.toString());

        assertThat(counts(result, "keep")).isEqualTo(Counts.committed(5));
        assertThat(counts(result, "upsert")).isEqualTo(new Counts(2, 1, 0, 0, 2));
        assertThat(counts(result, "watch")).isEqualTo(Counts.committed(2));
        assertThat(spark.table("orders_raw_v1").count()).isEqualTo(5);
        assertThat(rows("SELECT * FROM orders_v1 ORDER BY id")).containsExactly("[1,3,9.75]", "[3,7,1.25]");
    }

    @Test
    void aCatalogClassThatIsNotThereIsExplained() {
        ConfigDocument settings =
                HoconReader.parse("orders.conf", "plugin.microservice-catalog.catalog-class = com.acme.orders.Nowhere");

        assertThatThrownBy(() -> Orders.run(spark, settings, folder.toString(), folder.toString()))
                .hasMessage(
                        "orders.conf:1:29  plugin.microservice-catalog.catalog-class: class \"com.acme.orders.Nowhere\" not found;"
                                + " check the name, and that its jar is on the classpath (--jars)");
    }

    private static Counts counts(RunResult result, String etl) {
        return result.etl(etl).outputs().get(0).counts();
    }

    private List<String> rows(String sql) {
        return spark.sql(sql).collectAsList().stream().map(Row::toString).toList();
    }
}
