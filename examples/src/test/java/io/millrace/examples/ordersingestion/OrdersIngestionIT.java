package io.millrace.examples.ordersingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.examples.DemoProcess;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("processes")
@ExtendWith(MillraceSession.class)
class OrdersIngestionIT {

    private static final int MESSAGES = 2_017;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final SparkSession session;

    OrdersIngestionIT(SparkSession session) {
        this.session = session;
    }

    @Test
    void everyMessageIsInOnePlaceAndWhatCameTooEarlyIsReplayed() throws Exception {
        List<String> shown = DemoProcess.run("orders-ingestion", "--into", folder.toString());

        assertThat(shown)
                .contains(
                        "  read 2,017 records from orders, 15 undecodable",
                        "  wrote raw: 2,001 rows committed, 1 dead-lettered",
                        "  16 dead letters in rejected",
                        "  read 6 records from orders, 1 undecodable",
                        "  wrote raw: 5 rows committed");
        Dataset<Row> raw = session.read()
                .option("mergeSchema", true)
                .parquet(folder.resolve("lake/raw").toString());
        Dataset<Row> rejected =
                session.read().parquet(folder.resolve("lake/rejected").toString());
        List<String> good = places(raw);
        List<String> bad = places(rejected.filter("batch_id NOT LIKE '%#replay-%'"));
        List<String> badAgain = places(rejected.filter("batch_id LIKE '%#replay-%'"));
        List<String> replayed = places(rejected.filter("schema_id = 3"));
        assertThat(good).doesNotHaveDuplicates().hasSize(2_006);
        assertThat(bad).doesNotHaveDuplicates().hasSize(16);
        assertThat(badAgain).hasSize(1);
        assertThat(replayed).hasSize(5);
        assertThat(good).containsAll(replayed);
        assertThat(Stream.concat(good.stream(), bad.stream()).distinct()).hasSize(MESSAGES);
        assertThat(raw.filter("order_id = 0")
                        .select("key", "description", "products", "currency", "schema_id")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[product1,zażółć gęślą jaźń,ArraySeq([shoes,49.99], [t-shirt,49.99]),null,1]");
        assertThat(raw.filter("schema_id = 3").select("currency").distinct().collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("PLN");
    }

    private static List<String> places(Dataset<Row> rows) {
        return rows.select("partition", "offset").collectAsList().stream()
                .map(row -> row.get(0) + "/" + row.get(1))
                .toList();
    }
}
