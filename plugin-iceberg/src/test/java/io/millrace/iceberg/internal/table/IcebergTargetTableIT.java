package io.millrace.iceberg.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.MillraceException;
import io.millrace.iceberg.IcebergPlugin;
import io.millrace.iceberg.Lake;
import io.millrace.iceberg.Writes;
import io.millrace.model.SchemaContract;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCommitHistory;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.TestModel;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class IcebergTargetTableIT {

    private final SparkSession spark;
    private final Lake lake;

    IcebergTargetTableIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.lake = new Lake(spark, folder.resolve("new").resolve("lake"));
    }

    @Test
    void aTableIsMadeAsTheModelSays() {
        String table = lake.newTable();
        Sink sink = lake.sink(
                table,
                """
                partition-by = ["month(AT) AS month", "bucket(4, id)"]
                sort-by = ["id DESC NULLS FIRST", "truncate(2, name)"]
                distribution = range
                properties { write.format.default = orc, owner = sales }
                """);

        CommitOutcome outcome = write(sink, 0, rows(3));

        assertThat(outcome).isInstanceOfSatisfying(CommitOutcome.Committed.class, committed -> assertThat(
                        committed.details())
                .containsEntry(
                        "snapshot",
                        Long.toString(lake.table(table).currentSnapshot().snapshotId()))
                .containsKey("files"));
        Table made = lake.table(table);
        assertThat(PartitionBy.written(made.spec())).isEqualTo("month(at) AS month, bucket(4, id) AS id_bucket");
        assertThat(made.sortOrder())
                .hasToString("[\n  identity(1) DESC NULLS FIRST\n  truncate[2](2) ASC NULLS FIRST\n]");
        assertThat(made.schema().columns()).allMatch(column -> column.isOptional());
        assertThat(made.properties())
                .containsAllEntriesOf(
                        Map.of("write.format.default", "orc", "owner", "sales", "write.distribution-mode", "range"));
        assertThat(lake.rows(table).selectExpr("_file").as(Encoders.STRING()).collectAsList())
                .allSatisfy(
                        file -> assertThat(file).contains("/data/month=2024-0").endsWith(".orc"));
        assertThat(lake.rows(table).count()).isEqualTo(3);
    }

    @Test
    void aTableThatIsThereGetsWhatDiffersFromTheModel() {
        String table = lake.newTable();
        write(lake.sink(table, "partition-by = [\"month(at)\"], properties { owner = sales }"), 0, rows(1));

        write(
                lake.sink(
                        table,
                        "partition-by = [\"months(at) AS at_month\"], sort-by = [id], properties { owner = it, format-version = 2 }"),
                1,
                rows(1));

        Table there = lake.table(table);
        assertThat(there.properties()).containsEntry("owner", "it");
        assertThat(there.sortOrder()).hasToString("[\n  identity(1) ASC NULLS FIRST\n]");
        assertThat(lake.rows(table).count()).isEqualTo(2);
    }

    @Test
    void otherPartitionsThanTheTablesAreRefused() {
        String table = lake.newTable();
        write(lake.sink(table, "partition-by = [\"month(at)\"]"), 0, rows(1));

        assertRefused(
                lake.sink(table, "partition-by = [\"month(at) AS month\"]"),
                "Iceberg table " + table
                        + " is partitioned by month(at) AS at_month, but partition-by says month(at) AS month;"
                        + " write what the table has, or leave partition-by out. (millrace sql \"ALTER TABLE … ADD PARTITION"
                        + " FIELD …\" --with FILE changes the partitions of rows to come.)");
        assertRefused(
                lake.sink(table, "partition-by = [day]"),
                "Iceberg table " + table
                        + " cannot be partitioned by identity(day): there is no column day; known: at, id," + " name");
    }

    @Test
    void aTableThatCannotBeMadeIsExplained() {
        String table = lake.newTable();

        assertRefused(
                lake.sink(table, "partition-by = [\"month(ad)\"]"),
                "cannot create Iceberg table " + table
                        + ": there is no column ad; did you mean \"at\"? (known: at, id, name)");
        assertRefused(
                lake.sink(table, "partition-by = [\"month(name)\"]"),
                "cannot create Iceberg table " + table + ": Invalid source type string for transform: month");
        assertRefused(
                lake.sink(table, "partition-by = [\"month(at) AS id\"]"),
                "cannot create Iceberg table " + table
                        + ": Cannot create partition from name that exists in schema: id");
        assertRefused(
                lake.sink("nowhere.raw.t", ""),
                "cannot open Iceberg table nowhere.raw.t: [CATALOG_NOT_FOUND] The catalog `nowhere` not found."
                        + " Consider to set the SQL config \"spark.sql.catalog.nowhere\" to a catalog plugin. SQLSTATE: 42P08");
    }

    @Test
    void aCatalogThatOnlyTheSessionKnowsIsUsedToo(@TempDir Path other) {
        SparkSession session = spark.newSession();
        String catalog = "spark.sql.catalog.own";
        session.conf().set(catalog, "org.apache.iceberg.spark.SparkCatalog");
        session.conf().set(catalog + ".type", "hadoop");
        session.conf().set(catalog + ".warehouse", other.toString());
        Sink sink = TestModel.of("table = own.t").sink(new IcebergPlugin(), RunMode.BATCH);

        Writes.run(sink, "one", session.range(2).toDF());

        assertThat(session.table("own.t").count()).isEqualTo(2);
    }

    @Test
    void aCatalogThatIsNotOneOfIcebergIsRefused() {
        assertRefused(
                TestModel.of("table = spark_catalog.default.t").sink(new IcebergPlugin(), RunMode.BATCH),
                "Iceberg table spark_catalog.default.t: Cannot load Iceberg catalog from catalog spark_catalog because it does not"
                        + " contain an Iceberg Catalog. Actual Class: org.apache.spark.sql.delta.catalog.DeltaCatalog");
    }

    @Test
    void columnsThatSeveralWritersAddAreAllKept() {
        String table = lake.newTable();
        write(lake.sink(table, ""), 0, rows(1));

        write(evolving(table), 1, rows(1).selectExpr("*", "'x' AS one"));
        write(evolving(table), 2, rows(1).selectExpr("'y' AS two", "*"));
        write(evolving(table), 3, rows(1).selectExpr("CAST(NULL AS STRING) AS one", "id"));

        assertThat(lake.rows(table).columns()).containsExactly("id", "name", "at", "one", "two");
        assertThat(lake.rows(table).filter("one = 'x' OR two = 'y'").count()).isEqualTo(2);
        assertThat(lake.rows(table).count()).isEqualTo(4);
    }

    private Sink evolving(String table) {
        return lake.model(table, "")
                .withNewColumns(SchemaContract.Policy.EVOLVE)
                .sink(new IcebergPlugin(), RunMode.BATCH);
    }

    @Test
    void aTableOfTheThirdVersionIsWrittenToo() {
        String table = lake.newTable();
        Sink sink = lake.sink(table, "properties { format-version = 3 }");

        write(sink, 0, rows(2));
        write(sink, 1, rows(1));

        assertThat(lake.rows(table)
                        .selectExpr("id", "_row_id")
                        .sort("_row_id")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[0,0], [1,1], [0,2]]");
    }

    @Test
    void whatRowsLackIsTheDefaultOfTheTable() {
        String table = lake.newTable();
        Sink sink = lake.sink(table, "properties { format-version = 3 }");
        write(sink, 0, rows(1));
        lake.table(table)
                .updateSchema()
                .addColumn("state", Types.StringType.get(), Expressions.lit("old"))
                .commit();
        lake.table(table)
                .updateSchema()
                .updateColumnDefault("state", Expressions.lit("new"))
                .commit();

        write(sink, 1, rows(1));
        write(evolving(table), 2, rows(1).withColumn("more", functions.lit(1)));

        assertThat(lake.read(table, "")
                        .select("state")
                        .sort("state")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[new], [new], [old]]");
    }

    @Test
    void anotherCatalogOfTheSameNameIsNotTakenForIt(@TempDir Path other) {
        String table = lake.newTable();
        write(lake.sink(table, ""), 0, rows(1));
        Sink sink = TestModel.of("table = " + table)
                .configuredBy("plugin.iceberg.catalogs." + lake.name() + " { warehouse = \"" + other + "\" }")
                .sink(new IcebergPlugin(), RunMode.BATCH);

        assertThat(Writes.reason(write(sink, 0, rows(1))))
                .hasMessageMatching("the session knows another catalog " + lake.name()
                        + ": its setting spark\\.sql\\.catalog\\."
                        + lake.name() + "\\.(uri|warehouse) is not what plugin\\.iceberg\\.catalogs\\." + lake.name()
                        + " says; give one of the two another name");
    }

    @Test
    void aStreamsLastBatchIsKnownAfterItsSnapshotHasExpired() {
        String table = lake.newTable();
        Sink sink = lake.model(table, "").sink(new IcebergPlugin(), RunMode.STREAM);
        Writes.stream(sink, 7, rows(2));
        write(sink, 100, rows(1));
        lake.table(table)
                .expireSnapshots()
                .expireOlderThan(Long.MAX_VALUE)
                .retainLast(1)
                .commit();

        CommitOutcome again = Writes.stream(sink, 7, rows(2));

        assertThat(again).isEqualTo(new CommitOutcome.AlreadyCommitted("a snapshot that has expired"));
        assertThat(((SupportsCommitHistory) sink).lastBatches(spark, Writes.OUTPUT))
                .containsOnlyKeys("run-100", "stream");
        assertThat(lake.rows(table).count()).isEqualTo(3);
    }

    private void assertRefused(Sink sink, String message) {
        MillraceException reason = Writes.reason(write(sink, 50, rows(1)));

        assertThat(reason.kind()).isEqualTo(MillraceException.Kind.USER);
        assertThat(reason).hasMessage(message);
    }

    private static CommitOutcome write(Sink sink, long number, Dataset<Row> rows) {
        return Writes.run(sink, "run-" + number, rows);
    }

    private Dataset<Row> rows(long count) {
        return spark.range(0, count, 1, 1)
                .selectExpr("id", "concat('n', id) AS name", "timestamp_seconds(1704067200 + id * 3000000) AS at");
    }
}
