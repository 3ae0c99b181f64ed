package io.millrace.iceberg.internal.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.iceberg.Lake;
import io.millrace.iceberg.Writes;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCommitHistory;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class TableActionsIT {

    private final SparkSession spark;
    private final Path folder;
    private final Lake lake;
    private final String table;
    private final Sink sink;

    TableActionsIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
        this.lake = new Lake(spark, folder);
        this.table = lake.newTable();
        this.sink = lake.sink(table, "");
    }

    @Test
    void smallFilesBecomeOne() {
        write(0, 0, 10);
        write(1, 10, 20);
        write(2, 20, 30);

        Map<String, Object> figures = act("rewrite_dataset", "properties { rewrite-all = true }");

        assertThat(figures)
                .containsEntry("files rewritten", 3L)
                .containsEntry("files added", 1L)
                .containsKey("bytes rewritten");
        assertThat(files()).hasSize(1);
        assertThat(ids()).hasSize(30);
        assertThat(write(1, 10, 20)).isInstanceOf(AlreadyCommitted.class);
    }

    @Test
    void filesThatMayHoldCertainRowsAreSorted() {
        write(0, 0, 10);
        write(1, 10, 20);

        Map<String, Object> figures = act(
                "rewrite_dataset",
                "strategy = sort, sort_order = \"id DESC NULLS LAST\", where = \"id >= 10\", properties { rewrite-all = true }");

        assertThat(figures).containsEntry("files rewritten", 1L).containsEntry("files added", 1L);
        assertThat(lake.rows(table).where("id >= 10").collectAsList().stream().map(row -> row.getLong(0)))
                .containsExactly(19L, 18L, 17L, 16L, 15L, 14L, 13L, 12L, 11L, 10L);
        assertThat(act("rewrite_dataset", "sort-order = \"zorder(id, name)\", properties { rewrite-all = true }"))
                .containsEntry("files rewritten", 2L);
        assertThat(ids()).hasSize(20);
    }

    @Test
    void whatIcebergRefusesIsTheUsers() {
        write(0, 0, 10);

        assertRefused(
                "rewrite_dataset",
                "properties { target-size = 3 }",
                "cannot rewrite the files of Iceberg table " + table
                        + ": Cannot use options [target-size], they are not supported by the action or the rewriter BIN-PACK");
        assertRefused(
                "rewrite_dataset",
                "strategy = sort",
                "cannot rewrite the files of Iceberg table " + table
                        + ": Cannot sort data without a valid sort order, table '" + table
                        + "' is unsorted and no sort order is provided");
        assertRefused(
                "rewrite_dataset",
                "sort-order = idd",
                "cannot rewrite the files of Iceberg table " + table
                        + ": there is no column idd; did you mean \"id\"? (known: id, name)");
        assertRefused(
                "delete_from_dataset",
                "where = \"target.idd = 3\"",
                "cannot delete rows of Iceberg table " + table
                        + ": [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name"
                        + " `target`.`idd` cannot be resolved. Did you mean one of the following? [`target`.`id`,"
                        + " `target`.`name`]. SQLSTATE: 42703; line 1 pos "
                        + ("DELETE FROM " + quoted() + " AS target WHERE ").length());
    }

    private String quoted() {
        return "`" + table.replace(".", "`.`") + "`";
    }

    @Test
    void manifestsAreRewritten() {
        write(0, 0, 10);
        write(1, 10, 20);

        assertThat(act("rewrite_manifest", ""))
                .containsEntry("manifests rewritten", 2L)
                .containsEntry("manifests added", 1L);
        assertThat(ids()).hasSize(20);
        assertThat(act("rewrite_manifest", "useCaching = true")).containsEntry("manifests rewritten", 0L);
    }

    @Test
    void rowsAreDeletedWhereAConditionHolds() {
        write(0, 0, 10);
        spark.range(3, 5).createOrReplaceTempView("gone");

        Map<String, Object> figures =
                act("delete_from_dataset", "deleteWhere = \"exists (SELECT id FROM gone WHERE target.id = id)\"");

        assertThat(figures)
                .containsEntry("rows deleted", 2L)
                .containsEntry(
                        "snapshot",
                        Long.toString(lake.table(table).currentSnapshot().snapshotId()));
        assertThat(ids()).containsExactly(0L, 1L, 2L, 5L, 6L, 7L, 8L, 9L);
        assertThat(act("delete_from_dataset", "where = \"id = 3\"")).containsEntry("rows deleted", 0L);
        assertThat(act("delete_from_dataset", "where = true")).containsEntry("rows deleted", 8L);
        assertThat(ids()).isEmpty();
    }

    @Test
    void aBatchIsKnownAfterItsSnapshotHasExpired() {
        write(0, 0, 10);
        write(1, 10, 20);
        write(2, 20, 30);

        Map<String, Object> figures = act("expire_snapshots", "older-than = \"2999-01-01\"");

        assertThat(figures).containsEntry("snapshots expired", 2L).containsEntry("data files deleted", 0L);
        assertThat(lake.table(table).snapshots()).hasSize(1);
        assertThat(write(0, 0, 10)).isEqualTo(new AlreadyCommitted("a snapshot that has expired"));
        assertThat(write(2, 20, 30)).isInstanceOf(AlreadyCommitted.class);
        assertThat(ids()).hasSize(30);
        assertThat(((SupportsCommitHistory) sink).lastBatches(spark, Writes.OUTPUT))
                .containsOnlyKeys("run-0", "run-1", "run-2");
        assertThat(act("expire_snapshots", "older-than = \"2999-01-01\""))
                .containsExactly(Map.entry("snapshots expired", 0L));
    }

    @Test
    void anExpiryDeletesTheFilesThatOnlyOldSnapshotsUse() {
        write(0, 0, 10);
        act("delete_from_dataset", "where = true");
        write(1, 10, 20);
        assertThat(dataFiles()).hasSize(2);

        Map<String, Object> figures = act("expire_snapshots", "expireOlderThan = \"2999-01-01\", retainLast = 1");

        assertThat(figures).containsEntry("snapshots expired", 2L).containsEntry("data files deleted", 1L);
        assertThat(dataFiles()).hasSize(1);
        assertThat(ids()).hasSize(10);
    }

    @Test
    void namedSnapshotsExpireAloneAndOnce() {
        write(0, 0, 10);
        long first = lake.table(table).currentSnapshot().snapshotId();
        write(1, 10, 20);
        write(2, 20, 30);

        assertThat(act("expire_snapshots", "snapshotIds = [" + first + "]")).containsEntry("snapshots expired", 1L);
        assertThat(act("expire_snapshots", "snapshot-ids = " + first)).containsEntry("snapshots expired", 0L);
        assertThat(lake.table(table).snapshots()).hasSize(2);
        long current = lake.table(table).currentSnapshot().snapshotId();
        assertRefused(
                "expire_snapshots",
                "snapshot-ids = " + current,
                "cannot expire snapshots of Iceberg table " + table + ": Cannot expire " + current
                        + ". Still referenced by refs: [main]");
        assertThat(act("expire_snapshots", "")).containsEntry("snapshots expired", 0L);
    }

    @Test
    void onlySoManyExpiredBatchesAreRemembered() {
        write(0, 0, 1);
        Table written = lake.table(table);
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            many.put("millrace.expired.old-" + i, "2000-01-01T00:00:00Z a/b/c#d/" + i);
        }
        var update = written.updateProperties();
        many.forEach(update::set);
        update.commit();
        write(1, 1, 2);

        act("expire_snapshots", "older-than = \"2999-01-01\"");

        assertThat(lake.table(table).properties().keySet().stream().filter(key -> key.startsWith("millrace.expired.")))
                .hasSize(1000)
                .contains("millrace.expired." + new BatchId(Writes.OUTPUT, "run-0", 0).key());
    }

    @Test
    void orphansAreRemovedWhereTheyAreOldEnough() throws IOException {
        write(0, 0, 10);
        Path old = orphan("old.parquet", Duration.ofDays(5));
        Path young = orphan("young.parquet", Duration.ofDays(2));

        assertThat(act("remove_orphans", "dry-run = true"))
                .containsEntry("orphans found", 1L)
                .containsEntry("files", List.of("file:" + old));
        assertThat(old).exists();
        assertThat(act("remove_orphans", "location = \"" + old.getParent() + "\", max-concurrent-deletes = 2"))
                .containsEntry("orphans removed", 1L);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(ids()).hasSize(10);
    }

    @Test
    void filesOfWritersAtWorkAndOfOtherTablesAreSafe() {
        write(0, 0, 10);
        Table there = lake.table(table);

        assertRefused(
                "remove_orphans",
                "older-than = \"2999-01-01\"",
                "cannot remove orphans of Iceberg table " + table
                        + ": 2999-01-01T00:00:00Z is less than a day ago, and writers at work have files that no version of"
                        + " the table has yet; choose an earlier time, or see with dry-run = true what would go");
        assertRefused(
                "remove_orphans",
                "location = \"" + folder + "\"",
                "cannot remove orphans of Iceberg table " + table + ": " + folder
                        + " is not a folder of the table; its folders are " + there.location());
    }

    @Test
    void filesThatOtherTablesMayHaveAreNotDeleted() {
        write(0, 0, 10);
        lake.table(table).updateProperties().set("gc.enabled", "false").commit();

        for (String action : List.of("expire_snapshots", "remove_orphans")) {
            assertRefused(
                    action,
                    "",
                    "files of Iceberg table " + table
                            + " must not be deleted: its property gc.enabled is false, because other tables may have them too");
        }
    }

    @Test
    void aTableThatTheCatalogDoesNotKnowIsRegistered() {
        write(0, 0, 10);
        write(1, 10, 20);
        catalog().dropTable(identifier(), false);

        Map<String, Object> figures = act("set_version", "version = latest");

        assertThat(figures).containsEntry("catalog", "took the table up");
        assertThat(String.valueOf(figures.get("version"))).matches("00002-.*\\.metadata\\.json");
        assertThat(ids()).hasSize(20);
        assertThat(act("set_version", "version = latest")).containsEntry("catalog", "had it already");
        assertThat(write(1, 10, 20)).isInstanceOf(AlreadyCommitted.class);
    }

    @Test
    void aTableOfAnotherCatalogIsRegisteredFromItsFolder(@TempDir Path elsewhere) {
        write(0, 0, 10);
        Lake other = new Lake(spark, elsewhere);
        String name = other.name() + ".copy.rides";
        Sink copy = other.sink(name, "");

        Map<String, Object> figures = lake.act(
                copy,
                "set_version",
                "version = 1, location = \"" + lake.table(table).location() + "\"");

        assertThat(figures).containsEntry("catalog", "took the table up");
        assertThat(other.rows(name).count()).isEqualTo(10);
    }

    @Test
    void anEarlierVersionIsMadeTheCurrentOne() {
        write(0, 0, 10);
        String first = metadata();
        write(1, 10, 20);

        assertThat(act("set_version", "version = v1")).containsEntry("catalog", "shows it now");

        assertThat(ids()).hasSize(10);
        assertThat(act("set_version", "version = \"" + first.substring(first.lastIndexOf('/') + 1) + "\""))
                .containsEntry("catalog", "had it already");
        assertThat(act("set_version", "version = \"" + first + "\"")).containsEntry("catalog", "had it already");
        assertThat(act("set_version", "version = 2")).containsEntry("catalog", "shows it now");
        assertThat(ids()).hasSize(20);
    }

    @Test
    void aVersionThatMayStillVanishIsNotTakenForTheLatest() throws IOException {
        write(0, 0, 10);
        Path current = Path.of(metadata().replaceFirst("^file:", ""));
        Path next = current.resolveSibling("00002-of-another.metadata.json");
        Files.copy(current, next);
        Files.setLastModifiedTime(next, FileTime.from(Instant.now()));

        Map<String, Object> figures = act("set_version", "version = latest");

        assertThat(figures)
                .containsEntry("version", current.getFileName().toString())
                .containsEntry("catalog", "had it already")
                .containsEntry(
                        "left alone",
                        "00002-of-another.metadata.json is newer, but may be of a commit that is under way; it is taken when it"
                                + " is 10 minutes old, or where it is named");
        Files.setLastModifiedTime(next, FileTime.from(Instant.now().minus(Duration.ofMinutes(11))));
        assertThat(act("set_version", "version = latest"))
                .containsEntry("version", "00002-of-another.metadata.json")
                .doesNotContainKey("left alone");
    }

    @Test
    void aMissingTableOrVersionIsExplained() {
        String words = "Iceberg table " + table;
        Path metadata = folder.resolve("raw/t1/metadata");
        assertRefused(
                "set_version",
                "version = latest",
                words + " is not in the catalog, and has no version in file://" + metadata);
        for (String action : List.of("rewrite_dataset", "rewrite_manifest", "expire_snapshots", "remove_orphans")) {
            assertRefused(action, "", words + " does not exist");
        }
        assertRefused("delete_from_dataset", "where = true", words + " does not exist");

        write(0, 0, 10);
        Snapshot before = lake.table(table).currentSnapshot();
        String current = metadata();
        assertThatThrownBy(() -> act("set_version", "version = v9"))
                .hasMessageMatching(words + " has no version v9 in file://" + metadata + "; the newest are "
                        + current.substring(current.lastIndexOf('/') + 1) + ", 00000-.*\\.metadata\\.json");
        assertThat(lake.table(table).currentSnapshot().snapshotId()).isEqualTo(before.snapshotId());
    }

    @Test
    void aVersionOfAnotherTableIsNotTakenForOneOfThisTable() throws IOException {
        write(0, 0, 10);
        String mine = metadata();
        String second = lake.newTable();
        lake.create(second, "id BIGINT");
        String others =
                ((HasTableOperations) lake.table(second)).operations().current().metadataFileLocation();
        Path copied = Path.of(mine.replaceFirst("^file:(//)?", "")).resolveSibling("00007-x.metadata.json");
        Files.copy(Path.of(others.replaceFirst("^file:(//)?", "")), copied);

        assertThatThrownBy(() -> act("set_version", "version = 7"))
                .hasMessageEndingWith(copied + " is a version of another table than Iceberg table " + table
                        + ", which lay in the same folder; drop the one that the catalog has first");
    }

    private Path orphan(String name, Duration age) throws IOException {
        Path file = Path.of(lake.table(table).location().replaceFirst("^file:(//)?", ""))
                .resolve("data")
                .resolve(name);
        Files.writeString(file, "left by a killed writer");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
        return file;
    }

    private Catalog catalog() {
        return Spark3Util.loadIcebergCatalog(spark, lake.name());
    }

    private TableIdentifier identifier() {
        return TableIdentifier.parse(table.substring(lake.name().length() + 1));
    }

    private String metadata() {
        return ((HasTableOperations) lake.table(table)).operations().current().metadataFileLocation();
    }

    private List<Path> dataFiles() {
        Path data = folder.resolve("raw").resolve(identifier().name()).resolve("data");
        try (var found = Files.walk(data)) {
            return found.filter(file -> file.toString().endsWith(".parquet")).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<Row> files() {
        lake.register();
        return spark.table(table + ".files").collectAsList();
    }

    private List<Long> ids() {
        return lake.rows(table).select("id").collectAsList().stream()
                .map(row -> row.getLong(0))
                .sorted()
                .toList();
    }

    private void assertRefused(String action, String options, String message) {
        assertThatThrownBy(() -> act(action, options))
                .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .hasMessage(message);
    }

    private Map<String, Object> act(String action, String options) {
        return lake.act(sink, action, options);
    }

    private CommitOutcome write(long number, long from, long to) {
        Dataset<Row> rows = spark.range(from, to, 1, 1).selectExpr("id", "concat('n', id) AS name");
        CommitOutcome outcome = Writes.run(sink, "run-" + number, rows);
        assertThat(outcome).isInstanceOfAny(Committed.class, AlreadyCommitted.class);
        return outcome;
    }
}
