package io.millrace.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.PartitionValues;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Slice;
import io.millrace.spi.SupportsVersions;
import io.millrace.spi.VersionedTable;
import io.millrace.spi.VersionedTable.IncompleteLogException;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The snapshots of a table tell which partitions have changed, and can be read. */
@ExtendWith(MillraceSession.class)
class IcebergVersionsIT {

    private static final List<String> DAY = List.of("day");

    private final SparkSession session;
    private final Lake lake;
    private final String table;

    IcebergVersionsIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.lake = new Lake(session, folder);
        this.table = lake.newTable();
    }

    private void create(String columns, String partitions) {
        lake.create(table + "_first", "id INT"); // the session knows the catalog and its namespace now
        session.sql("CREATE TABLE " + table + " (" + columns + ") USING iceberg PARTITIONED BY (" + partitions + ")");
    }

    private void insert(String rows) {
        session.sql("INSERT INTO " + table + " VALUES " + rows);
    }

    private SupportsVersions source() {
        return (SupportsVersions) lake.source(table, "");
    }

    private VersionedTable now() {
        return source().table(session);
    }

    /** Returns day to whether its rows changed, and how many files it has more. */
    private Map<String, String> changes(String since) throws IncompleteLogException {
        Map<String, String> changes = new TreeMap<>();
        now().changesAfter(since, DAY)
                .forEach((partition, change) -> changes.put(
                        partition.toString(),
                        (change.version().isEmpty() ? "rewritten" : "changed") + " " + change.files()));
        return changes;
    }

    @Test
    void addedAndDeletedRowsAreChangesAndRewrittenFilesAreNone() throws Exception {
        create("id BIGINT, day DATE", "day");
        assertThat(now().partitions(DAY)).isEmpty();
        String empty = now().newest();
        insert("(1, DATE'2024-01-01'), (2, DATE'2024-01-02'), (3, NULL)");
        insert("(4, DATE'2024-01-01')");
        String first = now().newest();
        assertThat(changes(empty))
                .isEqualTo(Map.of(
                        "day=2024-01-01",
                        "changed 2",
                        "day=2024-01-02",
                        "changed 1",
                        "day=__HIVE_DEFAULT_PARTITION__",
                        "changed 1"));
        assertThat(now().partitions(DAY))
                .containsEntry(new PartitionValues(Map.of("day", java.util.Optional.of("2024-01-01"))), 2L)
                .hasSize(3);
        assertThat(now().partitionColumns()).isEqualTo(DAY);

        lake.compact(table);
        assertThat(changes(first)).isEqualTo(Map.of("day=2024-01-01", "rewritten -1"));
        String compacted = now().newest();
        assertThat(source().number(compacted)).isGreaterThan(source().number(first));

        session.sql("DELETE FROM " + table + " WHERE id = 1");
        assertThat(changes(compacted)).containsOnlyKeys("day=2024-01-01");
        assertThat(changes(compacted).get("day=2024-01-01")).startsWith("changed");
        assertThat(changes(now().newest())).isEmpty();
    }

    @Test
    void anEarlierVersionIsReadAsItWas() {
        create("id BIGINT, day DATE", "day");
        insert("(1, DATE'2024-01-01')");
        String first = now().newest();
        insert("(2, DATE'2024-01-01')");

        assertThat(source().asOf(first)
                        .read(new ReadContext(session, Slice.ALL))
                        .count())
                .isEqualTo(1);
        assertThat(source().asOf(now().newest())
                        .read(new ReadContext(session, Slice.ALL))
                        .count())
                .isEqualTo(2);
        assertThat(now().readable(first)).isTrue();
    }

    @Test
    void aDayOfATimestampIsAPartition() throws Exception {
        create("id BIGINT, at TIMESTAMP", "days(at), bucket(4, id)");
        insert("(1, TIMESTAMP'2024-01-01 10:00:00'), (2, TIMESTAMP'2024-01-02 23:00:00')");

        assertThat(now().partitionColumns()).containsExactly("at");
        assertThat(now().partitions(List.of("at")).keySet())
                .extracting(PartitionValues::toString)
                .containsExactlyInAnyOrder("at=2024-01-01", "at=2024-01-02");
    }

    @Test
    void anExpiredSnapshotLeavesAGap() {
        create("id BIGINT, day DATE", "day");
        insert("(1, DATE'2024-01-01')");
        String first = now().newest();
        insert("(2, DATE'2024-01-02')");
        insert("(3, DATE'2024-01-03')");
        Table opened = lake.table(table);
        opened.expireSnapshots()
                .expireOlderThan(System.currentTimeMillis() + 1)
                .retainLast(1)
                .commit();

        assertThat(now().readable(first)).isFalse();
        assertThatThrownBy(() -> now().changesAfter(first, DAY))
                .isInstanceOf(IncompleteLogException.class)
                .hasMessageContaining(
                        "up to which it was looked at before, is not among the ancestors of the newest one:"
                                + " it is expired, or the table was set back to an earlier one");
    }
}
