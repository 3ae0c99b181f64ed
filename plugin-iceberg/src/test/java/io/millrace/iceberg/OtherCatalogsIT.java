package io.millrace.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.Sessions;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.Sink;
import io.millrace.testkit.ConcurrentWork;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.iceberg.HasTableOperations;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Catalogs other than the embedded one, each with its own server. */
@Tag("thorough")
@ExtendWith(MillraceSession.class)
class OtherCatalogsIT {

    private static final String TOKEN = "open-sesame";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static RestCatalogServer rest;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static HiveServer hive;

    private final SparkSession spark;

    OtherCatalogsIT(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeAll
    static void start() throws Exception {
        rest = RestCatalogServer.start(Files.createDirectories(folder.resolve("rest")), TOKEN);
        hive = HiveServer.start(folder.resolve("hive"));
    }

    @AfterAll
    static void stop() {
        rest.close();
        hive.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "hive", "hadoop"})
    void aTableIsMadeAndFilledThroughIt(String type) {
        Lake lake = lake(type);
        String table = lake.name() + ".raw.filled";
        String layout = "partition-by = [\"bucket(2, id) AS part\"], sort-by = [id]";

        assertThat(Writes.run(lake.sink(table, layout), "one", rows(0, 10))).isInstanceOf(Committed.class);
        assertThat(Writes.run(lake.sink(table, layout), "one", rows(0, 10))).isInstanceOf(AlreadyCommitted.class);
        assertThat(Writes.run(
                        lake.sink(
                                table,
                                "save-mode = merge, merge { on = \"t.id = s.id\", when = [\"MATCHED THEN UPDATE SET *\", \"NOT MATCHED THEN INSERT *\"] }"),
                        "two",
                        rows(5, 15)))
                .isInstanceOf(Committed.class);

        assertThat(ids(lake.read(table, "")))
                .isEqualTo(IntStream.range(0, 15).boxed().toList());
        assertThat(ids(lake.rows(table))).hasSize(15);
        assertThat(lake.table(table).spec().fields()).singleElement().hasToString("1000: part: bucket[2](1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "hive"})
    void jobsThatAppendWhereThereIsNeitherTableNorNamespaceLoseNothing(String type) throws Exception {
        Lake lake = lake(type);
        String table = lake.name() + ".fresh.appended";
        List<Callable<CommitOutcome>> work = IntStream.range(0, 4)
                .<Callable<CommitOutcome>>mapToObj(job -> () -> {
                    CommitOutcome first =
                            Writes.run(lake.sink(table, ""), job + "-first", rows(job * 10, job * 10 + 5));
                    assertThat(first).isInstanceOf(Committed.class);
                    return Writes.run(lake.sink(table, ""), job + "-second", rows(job * 10 + 5, job * 10 + 10));
                })
                .toList();

        assertThat(ConcurrentWork.all(work)).allMatch(Committed.class::isInstance);
        assertThat(ids(lake.rows(table)))
                .isEqualTo(IntStream.range(0, 40).boxed().toList());
        assertThat(lake.table(table).snapshots()).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "hive"})
    void oldVersionsExpire(String type) {
        Lake lake = lake(type);
        String table = lake.name() + ".raw.expired";
        Sink sink = lake.sink(table, "");
        Writes.run(sink, "one", rows(0, 10));
        Writes.run(sink, "two", rows(10, 20));

        lake.act(sink, "expire_snapshots", "retain-last = 1, older-than = 0d");

        assertThat(ids(lake.rows(table))).hasSize(20);
        assertThat(lake.table(table).snapshots()).hasSize(1);
    }

    @Test
    void aMetastoreShowsAnEarlierVersion() {
        Lake lake = lake("hive");
        String table = lake.name() + ".raw.versions";
        String first = twoVersions(lake, table);

        assertThat(lake.act(lake.sink(table, ""), "set_version", "version = \"" + first + "\""))
                .containsEntry("catalog", "shows it now");

        assertThat(ids(lake.rows(table))).hasSize(10);
    }

    @Test
    void aServerThatOnlyKnowsTheWayForwardSaysSo() {
        Lake lake = lake("rest");
        String table = lake.name() + ".raw.versions";
        String first = twoVersions(lake, table);
        Sink sink = lake.sink(table, "");

        assertThat(lake.act(sink, "set_version", "version = latest")).containsEntry("catalog", "had it already");
        assertThatThrownBy(() -> lake.act(sink, "set_version", "version = \"" + first + "\""))
                .isInstanceOf(MillraceException.class)
                .hasMessage("cannot change the version of Iceberg table " + table
                        + ": ServiceFailureException: Server error: UnsupportedOperationException:"
                        + " Registering tables with overwrite is not supported");
        assertThat(ids(lake.rows(table))).hasSize(20);
    }

    /** Makes a table, and returns the metadata of the first of its two versions with rows. */
    private String twoVersions(Lake lake, String table) {
        Writes.run(lake.sink(table, ""), "one", rows(0, 10));
        String first =
                ((HasTableOperations) lake.table(table)).operations().current().metadataFileLocation();
        Writes.run(lake.sink(table, ""), "two", rows(10, 20));
        return first;
    }

    @Test
    void aServerThatRefusesSaysSo() {
        Lake lake =
                new Lake(spark, "refused", "type = rest, uri = \"" + rest.uri() + "\", properties { token = wrong }");

        assertThat(Writes.reason(Writes.run(lake.sink("refused.raw.t", ""), "one", rows(0, 1))))
                .hasMessage(
                        "cannot open Iceberg table refused.raw.t: NotAuthorizedException: Not authorized: who are you?");
    }

    @Test
    void aServerThatIsNotThereIsSaidToBeMissing() {
        String gone = "http://127.0.0.1:1";
        Lake lake = new Lake(spark, "gone", "type = rest, uri = \"" + gone + "\"");

        assertThat(Writes.reason(Writes.run(lake.sink("gone.raw.t", ""), "one", rows(0, 1))))
                .hasMessage(
                        "cannot open Iceberg table gone.raw.t: RESTException: Error occurred while processing GET request: Connect to "
                                + gone + " failed: Connection refused");
    }

    private Lake lake(String type) {
        return switch (type) {
            case "rest" ->
                new Lake(
                        spark,
                        "by_rest",
                        "type = rest, uri = \"" + rest.uri() + "\", properties { token = " + TOKEN + " }");
            case "hive" ->
                new Lake(
                        spark,
                        "by_hive",
                        "type = hive, uri = \"" + hive.uri() + "\", warehouse = \"" + folder.resolve("hive/lake")
                                + "\"");
            default -> new Lake(spark, "by_" + type, "type = hadoop, warehouse = \"" + folder.resolve(type) + "\"");
        };
    }

    private Dataset<Row> rows(int from, int to) {
        return Sessions.beside(spark)
                .range(from, to, 1, 1)
                .selectExpr("CAST(id AS INT) AS id", "concat('n', id) AS name");
    }

    private static List<Integer> ids(Dataset<Row> rows) {
        return rows.select("id").collectAsList().stream()
                .map(row -> row.getInt(0))
                .sorted()
                .toList();
    }
}
