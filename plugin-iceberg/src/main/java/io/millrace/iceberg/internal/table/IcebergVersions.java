package io.millrace.iceberg.internal.table;

import io.millrace.config.MillraceException;
import io.millrace.iceberg.internal.catalog.IcebergErrors;
import io.millrace.spi.PartitionValues;
import io.millrace.spi.VersionedTable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.transforms.Transform;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * The versions of an Iceberg table, which are its snapshots. A version is named by its number, which grows, and the snapshot's id: {@code
 * 8@5937117119577207000}; the number is known also when the snapshot is expired.
 */
public final class IcebergVersions implements VersionedTable {

    private static final String EMPTY = "0@0";

    private final Table table;
    private final String words;
    private final @Nullable Snapshot newest;

    /** @param words what messages call the table */
    public IcebergVersions(Table table, String words, @Nullable String branch) {
        this.table = table;
        this.words = words;
        this.newest = branch == null ? table.currentSnapshot() : table.snapshot(branch);
    }

    /** Returns the id of the snapshot that a version is. */
    public static long snapshot(String version) {
        return Long.parseLong(version.substring(version.indexOf('@') + 1));
    }

    @Override
    public String id() {
        return Objects.requireNonNull(table.uuid()).toString();
    }

    @Override
    public String newest() {
        return newest == null ? EMPTY : name(newest);
    }

    /** Tables of format version 1 do not number their snapshots. */
    private String name(Snapshot snapshot) {
        long number = TableUtil.formatVersion(table) == 1 ? snapshot.timestampMillis() : snapshot.sequenceNumber();
        return number + "@" + snapshot.snapshotId();
    }

    /** Returns the number of a version. */
    public static long number(String version) {
        return Long.parseLong(version.substring(0, version.indexOf('@')));
    }

    @Override
    public boolean readable(String version) {
        return table.snapshot(snapshot(version)) != null;
    }

    @Override
    public List<String> partitionColumns() {
        return table.spec().fields().stream()
                .filter(IcebergVersions::tells)
                .map(field -> table.schema().findColumnName(field.sourceId()))
                .toList();
    }

    /** Other transforms put different values into one partition. */
    private static boolean tells(PartitionField field) {
        return field.transform().isIdentity() || field.transform().toString().equals("day");
    }

    @Override
    public Map<PartitionValues, Long> partitions(List<String> columns) {
        Map<PartitionValues, Long> partitions = new LinkedHashMap<>();
        if (newest == null) {
            return partitions;
        }
        try (CloseableIterable<FileScanTask> files =
                table.newScan().useSnapshot(newest.snapshotId()).planFiles()) {
            files.forEach(file -> partitions.merge(values(file.file(), columns), 1L, Long::sum));
        } catch (IOException | RuntimeException failed) {
            throw IcebergErrors.of("cannot list the partitions of " + words, failed);
        }
        return partitions;
    }

    @Override
    public Map<PartitionValues, Change> changesAfter(String version, List<String> columns)
            throws IncompleteLogException {
        Map<PartitionValues, Change> changes = new HashMap<>();
        try {
            for (Snapshot snapshot : after(version)) {
                commit(snapshot, columns)
                        .forEach((partition, change) -> changes.merge(partition, change, Change::then));
            }
        } catch (MillraceException ours) {
            throw ours;
        } catch (RuntimeException failed) {
            throw IcebergErrors.of("cannot read the snapshots of " + words, failed);
        }
        return changes;
    }

    /** Returns the snapshots after a version, the oldest first. */
    private Deque<Snapshot> after(String version) throws IncompleteLogException {
        Deque<Snapshot> snapshots = new ArrayDeque<>();
        @Nullable Snapshot each = newest;
        while (each != null && each.snapshotId() != snapshot(version)) {
            snapshots.addFirst(each);
            each = each.parentId() == null ? null : table.snapshot(each.parentId());
        }
        if (each == null && snapshot(version) != 0) {
            throw new IncompleteLogException("snapshot " + snapshot(version) + " of " + words
                    + ", up to which it was looked at before, is not among the ancestors of the newest one: it is expired, or the table"
                    + " was set back to an earlier one");
        }
        return snapshots;
    }

    private Map<PartitionValues, Change> commit(Snapshot snapshot, List<String> columns) {
        String changed = DataOperations.REPLACE.equals(snapshot.operation()) ? "" : name(snapshot);
        SnapshotChanges files =
                SnapshotChanges.builderFor(table).snapshot(snapshot).build();
        Map<PartitionValues, Change> changes = new HashMap<>();
        files.addedDataFiles().forEach(file -> add(changes, file, columns, changed, 1));
        files.removedDataFiles().forEach(file -> add(changes, file, columns, changed, -1));
        files.addedDeleteFiles().forEach(file -> add(changes, file, columns, changed, 0));
        files.removedDeleteFiles().forEach(file -> add(changes, file, columns, changed, 0));
        return changes;
    }

    private void add(
            Map<PartitionValues, Change> changes,
            ContentFile<?> file,
            List<String> columns,
            String version,
            long files) {
        changes.merge(values(file, columns), new Change(version, files), Change::then);
    }

    /** A file of an earlier partitioning that has no such column is in the partition of NULL, as far as is known. */
    private PartitionValues values(ContentFile<?> file, List<String> columns) {
        PartitionSpec spec = Objects.requireNonNull(table.specs().get(file.specId()));
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        columns.forEach(column -> values.put(column, Optional.empty()));
        for (int i = 0; i < spec.fields().size(); i++) {
            PartitionField field = spec.fields().get(i);
            String column = table.schema().findColumnName(field.sourceId());
            if (tells(field) && values.containsKey(column)) {
                Type type = spec.partitionType().fields().get(i).type();
                @Nullable Object value = file.partition().get(i, Object.class);
                values.put(column, Optional.ofNullable(value).map(known -> text(field, type, known)));
            }
        }
        return new PartitionValues(values);
    }

    @SuppressWarnings("unchecked")
    private static String text(PartitionField field, Type type, Object value) {
        return ((Transform<Object, Object>) field.transform()).toHumanString(type, value);
    }
}
