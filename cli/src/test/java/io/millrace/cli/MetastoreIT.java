package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.testkit.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands with a Hive metastore, each a process of its own. */
class MetastoreIT {

    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void oneProcessAtATimeHasItAndTheNextFindsItsTables() throws Exception {
        Path file = pipegraph();
        Path database = folder.resolve("tables/metastore_db");
        try (Connection held = DriverManager.getConnection(derby(database) + ";create=true")) {
            assertThat(held.isValid(0)).isTrue();

            assertThat(millrace(3, "run", file.toString()))
                    .contains(
                            "error: the metastore " + database
                                    + " (Derby) is in use by another process: one at a time can have it. Wait until that one has ended,"
                                    + " or use a metastore of your own, or a metastore server, which many can use at once (hive.metastore.uris)")
                    .noneMatch(line -> line.startsWith("\tat "));
            assertThat(folder.resolve("lake")).doesNotExist();
        }
        assertThatThrownBy(() -> DriverManager.getConnection(derby(database) + ";shutdown=true"))
                .isInstanceOf(SQLException.class) // that is how Derby says that it has
                .hasMessageContaining("shutdown");

        millrace(0, "run", file.toString());

        assertThat(millrace(
                        0,
                        "sql",
                        "SELECT id, price, (SELECT count(*) FROM lake_sales.kept WHERE day = 'mon') AS mondays FROM lake_sales.current ORDER BY id",
                        "--json"))
                .contains("{\"id\":1,\"price\":30,\"mondays\":2}", "{\"id\":2,\"price\":20,\"mondays\":2}");
        assertThat(folder.resolve("tables/derby.log")).exists();
    }

    @Test
    void refusesWhatIsNoPlaceForOne() throws Exception {
        CliRun run = CliRun.of(folder, "sql", "SELECT 1", "--metastore", "jdbc:postgresql://host/metastore");

        assertThat(run)
                .isEqualTo(
                        new CliRun(
                                ExitCode.USER,
                                "",
                                "error: --metastore \"jdbc:postgresql://host/metastore\" is neither a folder (without a semicolon) nor thrift://HOST:PORT; "
                                        + "another database is named with --spark-conf spark.sql.catalogImplementation=hive "
                                        + "--spark-conf spark.hadoop.javax.jdo.option.ConnectionURL=jdbc:…\n"));
    }

    private List<String> millrace(int code, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--metastore", folder.resolve("tables").toString(), "--spark-master", "local[2]"));
        try (ChildJvm child = ChildJvm.start(Main.class, all.toArray(String[]::new))) {
            int ended = child.awaitExit(LONG);
            assertThat(ended).as(String.join("\n", child.output())).isEqualTo(code);
            return child.output();
        }
    }

    private static String derby(Path database) {
        return "jdbc:derby:;databaseName=" + database;
    }

    /** Keeps every order in a partitioned Parquet table, and its newest state in a Delta table. */
    private Path pipegraph() throws Exception {
        Files.writeString(
                folder.resolve("orders.json"),
                """
                {"id": 1, "price": 10, "day": "mon"}
                {"id": 2, "price": 20, "day": "mon"}
                {"id": 1, "price": 30, "day": "tue"}
                """);
        return Files.writeString(
                folder.resolve("orders.conf"),
                """
                plugin.microservice-catalog.entities = [
                  { coordinates { domain = sales, name = kept, version = v1, dbPrefix = lake_ }, table = kept, format = Parquet
                    location = "$folder/lake/kept", schema = "id BIGINT, price INT, day STRING", partition-by = [day] }
                  { coordinates { domain = sales, name = current, version = v1, dbPrefix = lake_ }, table = current, format = Delta
                    location = "$folder/lake/current", schema = "id BIGINT, price INT" } ]
                pipegraph {
                  name = orders
                  models {
                    orders { product = files, value { path = "$folder/orders.json", format = json, schema = "id BIGINT, price INT, day STRING" } }
                    kept { product = parallelWrite, value {
                      writerDetails { writerType = parallelWrite, saveMode = append }
                      entityDetails { domain = sales, name = kept, version = v1, dbPrefix = lake_ } } }
                    current { product = parallelWrite, value {
                      writerDetails { writerType = continuousUpdate, keys = [id], orderingExpression = price }
                      entityDetails { domain = sales, name = current, version = v1, dbPrefix = lake_ } } }
                  }
                  etls = [ { name = keep, inputs { orders = orders }, outputs = [ { model = kept }, { model = current } ] } ]
                }
                """
                        .replace("$folder", folder.toString()));
    }
}
