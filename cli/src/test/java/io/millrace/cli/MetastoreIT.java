package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.internal.command.ExitCode;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.MillraceSession;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Commands with a Hive metastore, each a process of its own. */
@Tag("processes")
@ExtendWith(MillraceSession.class)
class MetastoreIT {

    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void oneProcessAtATimeHasItAndItKeepsTheTables(SparkSession spark) throws Exception {
        Path file = pipegraph();
        String tables = folder.resolve("tables").toString();
        Path database = folder.resolve("tables/metastore_db");
        try (Connection held = DriverManager.getConnection(derby(database) + ";create=true")) {
            assertThat(held.isValid(0)).isTrue();

            assertThat(millrace(3, tables, "run", file.toString()))
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

        millrace(0, tables, "run", file.toString());

        assertThat(spark.read()
                        .format("delta")
                        .load(folder + "/lake/current")
                        .toJSON()
                        .collectAsList())
                .containsExactlyInAnyOrder("{\"id\":1,\"price\":30}", "{\"id\":2,\"price\":20}");
        try (Connection derby = DriverManager.getConnection(derby(database))) {
            assertThat(column(derby, "SELECT TBL_NAME FROM APP.TBLS")).containsExactlyInAnyOrder("kept", "current");
            assertThat(column(derby, "SELECT PART_NAME FROM APP.PARTITIONS"))
                    .containsExactlyInAnyOrder("day=mon", "day=tue");
        }
        assertThat(folder.resolve("tables/derby.log")).exists();
    }

    @Test
    void saysThatAServerIsNotThere() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }

        assertThat(millrace(3, "thrift://127.0.0.1:" + port, "sql", "SELECT 1"))
                .contains(
                        "error: the metastore thrift://127.0.0.1:" + port
                                + " cannot be used: MetaException: Could not connect to meta store using any of the URIs provided."
                                + " Most recent failure: org.apache.thrift.transport.TTransportException: java.net.ConnectException: Connection refused")
                .noneMatch(line -> line.startsWith("\tat "));
    }

    @Test
    void refusesWhatIsNoPlaceForOne() throws Exception {
        CliRun run = CliRun.of(folder, "sql", "SELECT 1", "--metastore", "jdbc:postgresql://host/metastore");

        assertThat(run)
                .isEqualTo(new CliRun(
                        ExitCode.USER,
                        "",
                        "error: --metastore \"jdbc:postgresql://host/metastore\" is neither a folder (without a semicolon) nor thrift://HOST:PORT; "
                                + "another database is named with --spark-conf spark.sql.catalogImplementation=hive "
                                + "--spark-conf spark.hadoop.javax.jdo.option.ConnectionURL=jdbc:…\n"));
    }

    private List<String> millrace(int code, String metastore, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--metastore", metastore, "--spark-master", "local[2]"));
        try (ChildJvm child = ChildJvm.start(Main.class, all.toArray(String[]::new))) {
            int ended = child.awaitExit(LONG);
            assertThat(ended).as(String.join("\n", child.output())).isEqualTo(code);
            return child.output();
        }
    }

    private static List<String> column(Connection derby, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = derby.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
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
