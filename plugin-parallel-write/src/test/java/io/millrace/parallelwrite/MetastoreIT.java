package io.millrace.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.typesafe.config.ConfigFactory;
import io.millrace.config.ConfigDocument;
import io.millrace.config.MillraceException;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.Counts;
import io.millrace.spi.SparkErrors;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.metrics.source.HiveCatalogMetrics;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Hive metastore, which all tests of this module have, does differently from a catalog in memory. */
@Isolated("counts the calls of the whole JVM")
@ExtendWith(MillraceSession.class)
class MetastoreIT {

    private final SparkSession session;
    private final Path folder;

    MetastoreIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    @Test
    void theTestsOfThisModuleHaveOne() {
        assertThat(session.conf().get("spark.sql.catalogImplementation")).isEqualTo("hive");
    }

    @Test
    void tellsTheMetastoreOfWhatIsNewHoweverMuchTheTableHolds() {
        Lake lake = Lake.events(session, folder, "Parquet", "Id BIGINT, `Day` STRING", "Day");
        Lake.write(lake.sink("append"), "one", days(0, 1));
        long before = calls();
        Lake.write(lake.sink("append"), "two", days(1, 2));
        long few = calls();
        Lake.write(lake.sink("append"), "many", days(2, 40));
        days(40, 45).write().partitionBy("Day").mode("append").parquet(folder + "/events");

        long then = calls();
        Lake.write(lake.sink("append"), "three", days(45, 46));
        long many = calls();
        new EntityTables()
                .registerTables(ConfigDocument.of(ConfigFactory.parseString(lake.text("", "events", "", ""))), session);

        assertThat(partitions(lake))
                .hasSize(41)
                .contains("Day=d0", "Day=d1", "Day=d39", "Day=d45")
                .doesNotContain("Day=d40");
        assertThat(many - then).isEqualTo(few - before);
        assertThat(session.table(lake.database() + ".events").count()).isEqualTo(41);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void keepsTheCaseOfColumns(String format) {
        Lake lake = Lake.events(session, folder, format, "Id BIGINT, TheCity STRING, DAY STRING", "DAY");

        Lake.write(lake.sink("append"), "one", session.sql("SELECT 'mon' AS day, 1L AS ID, 'Köln' AS thecity"));

        assertThat(lake.table("events")).containsExactly("{\"Id\":1,\"TheCity\":\"Köln\",\"DAY\":\"mon\"}");
        assertThat(session.newSession().table(lake.database() + ".events").count())
                .isEqualTo(1);
    }

    @Test
    void writesATableThatHiveMade() {
        Lake lake = Lake.events(session, folder, "Parquet", "Id BIGINT, Name STRING, Day STRING", "Day");
        session.sql("CREATE DATABASE " + lake.database());
        session.sql("CREATE TABLE " + lake.database()
                + ".events (id BIGINT, name STRING) PARTITIONED BY (day STRING) STORED AS PARQUET LOCATION '"
                + folder + "/events'");

        CommitOutcome outcome =
                Lake.write(lake.sink("append"), "one", session.sql("SELECT 'a b' AS Day, 1L AS Id, 'x' AS Name"));

        assertThat(((Committed) outcome).counts()).isEqualTo(Counts.committed(1));
        assertThat(partitions(lake)).containsExactly("day=a b");
        assertThat(lake.table("events")).containsExactly("{\"id\":1,\"name\":\"x\",\"day\":\"a b\"}");
        SparkSession asHive = session.newSession();
        asHive.conf().set("spark.sql.hive.convertMetastoreParquet", false);
        assertThat(Lake.json(asHive.table(lake.database() + ".events"))).isEqualTo(lake.table("events"));
    }

    @Test
    void refusesATableThatHiveMadeInAnotherFormat() {
        Lake lake = Lake.events(session, folder, "Parquet", "id BIGINT, day STRING", "");
        session.sql("CREATE DATABASE " + lake.database());
        session.sql("CREATE TABLE " + lake.database() + ".events (id BIGINT, day STRING) STORED AS TEXTFILE LOCATION '"
                + folder + "/events'");

        CommitOutcome outcome = Lake.write(lake.sink("append"), "one", days(0, 1));

        assertThat(((Rejected) outcome).reason().kind()).isEqualTo(MillraceException.Kind.USER);
        assertThat(((Rejected) outcome).reason())
                .hasMessage("entity d/events/v1 (database " + lake.database()
                        + "): its files are to be Parquet at file:" + folder + "/events, but there lies table "
                        + lake.database()
                        + ".events, which is hive (LazySimpleSerDe); let the entity and its table have one format");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void refusesATableThatAnEarlierRunMadeElsewhere(String format) {
        Lake first = Lake.events(session, folder, format, "id BIGINT, day STRING", "");
        Lake.write(first.sink("append"), "one", days(0, 1));
        Lake moved = Lake.of(session, folder, first.catalog().replace("$folder/events", "$folder/moved"));

        CommitOutcome outcome = Lake.write(moved.sink("append"), "two", days(1, 2));

        assertThat(((Rejected) outcome).reason().kind()).isEqualTo(MillraceException.Kind.USER);
        assertThat(((Rejected) outcome).reason())
                .hasMessage(
                        "entity d/events/v1 (database " + first.database() + "): its location is file:" + folder
                                + "/moved, but table " + first.database() + ".events lies at file:" + folder
                                + "/events; let the entity have the table's location, or the table the entity's (ALTER TABLE … SET LOCATION), or drop the table");
        assertThat(folder.resolve("moved")).doesNotExist();
    }

    @Test
    void anErrorOfTheMetastoreIsNotTheUsers() {
        Lake lake = Lake.events(session, folder, "Parquet", "id BIGINT, `the day` STRING", "the day");
        Lake.write(lake.sink("append"), "one", session.sql("SELECT 1L AS id, 'mon' AS `the day`"));
        SparkSession strict = session.newSession();
        strict.conf().set("spark.sql.hive.metastorePartitionPruningFallbackOnException", false);

        Throwable failed = catchThrowable(() -> strict.table(lake.database() + ".events")
                .where("`the day` = 'mon'")
                .count());

        MillraceException explained = SparkErrors.of("cannot read", failed);
        assertThat(explained.kind()).isEqualTo(MillraceException.Kind.EXTERNAL);
        assertThat(explained)
                .hasMessageStartingWith("cannot read: ")
                .hasMessageContaining("MetaException attempting to get partition metadata by filter from Hive");
    }

    @Test
    void makesTheDatabaseOfCoordinatesWithAPrefix() {
        String domain = "d_" + folder.getFileName().toString().replaceAll("\\W", "_");
        String coordinates = "domain = " + domain + ", name = events, version = v1, dbPrefix = lake_";
        Lake lake = Lake.of(
                session,
                folder,
                "entities = [ { coordinates { " + coordinates
                        + " }, table = events, format = Delta, location = \"$folder/events\", schema = \"id BIGINT, day STRING\" } ]\n");
        String text = lake.text(
                        "writerType = parallelWrite, saveMode = append, symlinkManifest = true", "events", "", "")
                .replace("domain = d, name = events, version = v1, overrideDbName = " + lake.database(), coordinates);

        Lake.write(Lake.plan(text).etls().get(0).outputs().get(0).sink(), "one", days(0, 2));

        assertThat(session.table("lake_" + domain + ".events").count()).isEqualTo(2);
        assertThat(folder.resolve("events/_symlink_format_manifest/manifest")).isNotEmptyFile();
    }

    private Dataset<Row> days(int from, int to) {
        return session.range(from, to).selectExpr("id AS Id", "concat('d', id) AS Day");
    }

    private List<String> partitions(Lake lake) {
        return session.sql("SHOW PARTITIONS " + lake.database() + ".events")
                .as(Encoders.STRING())
                .collectAsList();
    }

    private static long calls() {
        return HiveCatalogMetrics.METRIC_HIVE_CLIENT_CALLS().getCount();
    }
}
