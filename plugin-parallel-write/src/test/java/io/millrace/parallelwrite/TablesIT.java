package io.millrace.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.millrace.config.ConfigDocument;
import io.millrace.config.MillraceException;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.Counts;
import io.millrace.spi.Sink;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalog.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of entities in the session's catalog. */
@ExtendWith(MillraceSession.class)
class TablesIT {

    private final SparkSession session;
    private final Path folder;

    TablesIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void saysHowToGetAMissingTable(String format) {
        Lake lake = Lake.of(
                session,
                folder,
                """
                entities = [ { coordinates { domain = d, name = events, version = v1, overrideDbName = $db }
                  table = events, format = %s, location = "$folder/events" } ]
                """
                        .formatted(format));

        CommitOutcome outcome = Lake.write(lake.sink("append"), "one", rows());

        assertThat(((Rejected) outcome).reason().kind()).isEqualTo(MillraceException.Kind.USER);
        assertThat(((Rejected) outcome).reason())
                .hasMessage(
                        "entity d/events/v1 (database " + lake.database() + "): the session's catalog has no table "
                                + lake.database()
                                + ".events; create it, or declare the entity's schema in the catalog (schema = \"id BIGINT NOT NULL, …\")");
    }

    @Test
    void registersTheEntitiesWhoseFilesAreThere() {
        Lake lake = Lake.of(
                session,
                folder,
                """
                entities = [
                  { coordinates { domain = d, name = delta, version = v1, overrideDbName = $db }, table = delta
                    format = Delta, location = "$folder/delta" }
                  { coordinates { domain = d, name = parquet, version = v1, overrideDbName = $db }, table = parquet
                    format = Parquet, location = "$folder/parquet" }
                  { coordinates { domain = d, name = declared, version = v1, overrideDbName = $db }, table = declared
                    format = Parquet, location = "$folder/declared", schema = "id BIGINT, day STRING", partition-by = [day] }
                  { coordinates { domain = d, name = absent, version = v1, overrideDbName = $db }, table = absent
                    format = Delta, location = "$folder/absent", schema = "id BIGINT" } ]
                """);
        rows().write().format("delta").save(folder + "/delta");
        rows().write().partitionBy("day").parquet(folder + "/parquet");
        rows().write().partitionBy("day").parquet(folder + "/declared");

        new EntityTables().registerTables(settings(lake), session);
        new EntityTables().registerTables(settings(lake), session);

        assertThat(lake.table("delta")).hasSize(2);
        assertThat(lake.table("parquet")).isEqualTo(lake.table("delta"));
        assertThat(lake.table("declared")).isEqualTo(lake.table("delta"));
        assertThat(session.catalog().tableExists(lake.database() + ".absent")).isFalse();
    }

    @Test
    void leavesAConfigurationWithoutEntitiesAlone() {
        List<String> before = databases();

        new EntityTables().registerTables(ConfigDocument.of(ConfigFactory.empty()), session);

        assertThat(databases()).isEqualTo(before);
    }

    /** Those of other tests apart, which may run at the same time. */
    private List<String> databases() {
        return session.catalog().listDatabases().filter("name NOT LIKE 'lake%'").collectAsList().stream()
                .map(Database::name)
                .sorted()
                .toList();
    }

    @Test
    void takesATableThatHasGrownAsItIs() {
        Lake lake = Lake.events(session, folder, "Delta", "id BIGINT", "");
        rows().write().format("delta").save(folder + "/events");

        Lake.write(lake.sink("append"), "one", rows());

        assertThat(lake.table("events")).hasSize(4).allMatch(row -> row.contains("day"));
    }

    @Test
    void refusesFilesThatWouldSpoilATable() {
        Lake lake = Lake.events(session, folder, "Parquet", "id BIGINT, day STRING", "");
        session.sql("CREATE DATABASE " + lake.database());
        session.sql("CREATE TABLE " + lake.database() + ".events (id BIGINT, day STRING) USING delta LOCATION '"
                + folder + "/events'");

        CommitOutcome outcome = Lake.write(lake.sink("append"), "one", rows());

        assertThat(((Rejected) outcome).reason())
                .hasMessage("entity d/events/v1 (database " + lake.database()
                        + "): its files are to be Parquet at file:" + folder
                        + "/events, but there lies table " + lake.database()
                        + ".events, which is delta; let the entity and its table have one format");
    }

    @Test
    void aViewOfTheSameNameDoesNotHideTheTable() {
        Lake lake = Lake.of(
                session,
                folder,
                """
                entities = [ { coordinates { domain = d, name = events, version = v1, overrideDbName = default }
                  table = $db, format = Delta, location = "$folder/events", schema = "id BIGINT, day STRING" } ]
                """);
        rows().createOrReplaceTempView(lake.database());

        try {
            CommitOutcome outcome = Lake.plan(
                            lake.text("writerType = parallelWrite, saveMode = append", "events", "", "")
                                    .replace("overrideDbName = " + lake.database(), "overrideDbName = default"))
                    .etls()
                    .get(0)
                    .outputs()
                    .get(0)
                    .sink()
                    .write(Lake.batch("one", rows()));

            assertThat(((Committed) outcome).counts()).isEqualTo(Counts.committed(2));
            assertThat(session.table("spark_catalog.default." + lake.database()).count())
                    .isEqualTo(2);
        } finally {
            session.catalog().dropTempView(lake.database());
            session.sql("DROP TABLE spark_catalog.default." + lake.database());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x; DROP DATABASE victim",
                "x`; DROP DATABASE victim; --",
                "x` AS SELECT 1; --",
                "x' OR '1'='1",
                "x -- y"
            })
    void aNameIsANameWhateverItHolds(String name) {
        session.sql("CREATE DATABASE IF NOT EXISTS victim");
        Sink sink = named(name);

        CommitOutcome outcome = Lake.write(sink, "one", rows());

        assertThat(((Rejected) outcome).reason().kind()).isEqualTo(MillraceException.Kind.USER);
        assertThat(((Rejected) outcome).reason().getMessage())
                .startsWith("entity " + name + "/" + name + "/v1 (database " + name + "): no table for it: ");
        assertThat(session.catalog().databaseExists("victim")).isTrue();
        assertThat(session.catalog().listDatabases().collectAsList())
                .noneMatch(database -> database.name().startsWith("x"));
    }

    @Test
    void refusesANameInWhichSparkWouldPutASetting() {
        CommitOutcome outcome = Lake.write(named("x-${spark.master}"), "one", rows());

        assertThat(((Rejected) outcome).reason())
                .hasMessage(
                        "\"x-${spark.master}\" cannot be a name: Spark puts settings in place of ${…}, in names too");
    }

    @Test
    void aWordOfSqlIsANameToo() {
        assertThat(Lake.write(named("select"), "one", rows())).isInstanceOf(Committed.class);

        assertThat(session.table("`select`.`select`").count()).isEqualTo(2);
        session.sql("DROP DATABASE `select` CASCADE");
    }

    private Sink named(String name) {
        String coordinates =
                "domain = \"" + name + "\", name = \"" + name + "\", version = v1, overrideDbName = \"" + name + "\"";
        String text =
                """
                plugin.microservice-catalog.entities = [ { coordinates { %s }, table = "%s", format = Parquet
                  location = "%s/it's $5", schema = "id BIGINT, day STRING", partition-by = [day] } ]
                pipegraph {
                  name = lake
                  models {
                    given { product = given }
                    target { product = parallelWrite, value {
                      writerDetails { writerType = parallelWrite, saveMode = append }, entityDetails { %s } } }
                  }
                  etls = [ { name = write, inputs { given = given }, output = target } ]
                }
                """
                        .formatted(coordinates, name.matches(".*[`.].*") ? "t" : name, folder, coordinates);
        return Lake.plan(text).etls().get(0).outputs().get(0).sink();
    }

    private static ConfigDocument settings(Lake lake) {
        return ConfigDocument.of(ConfigFactory.parseString(lake.text("", "events", "", "")));
    }

    private Dataset<Row> rows() {
        return session.sql("SELECT id, 'mon' AS day FROM range(2)");
    }
}
