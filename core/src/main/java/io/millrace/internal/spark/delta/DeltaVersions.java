package io.millrace.internal.spark.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.spi.PartitionValues;
import io.millrace.spi.SparkErrors;
import io.millrace.spi.VersionedTable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaColumnMapping$;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** The versions of a Delta table, by its log. */
public final class DeltaVersions implements VersionedTable {

    private final DeltaLog log;
    private final String words;
    private final Snapshot newest;

    /** @param words what messages call the table */
    DeltaVersions(DeltaLog log, String words, Snapshot newest) {
        this.log = log;
        this.words = words;
        this.newest = newest;
    }

    @Override
    public String id() {
        return newest.metadata().id();
    }

    @Override
    public String newest() {
        return Long.toString(newest.version());
    }

    /** The files of a version are there unless they were removed since and VACUUM has deleted them. */
    @Override
    public boolean readable(String version) {
        try {
            log.getSnapshotAt(Long.parseLong(version), Option.empty(), Option.empty(), false);
            FileSystem files = log.dataPath().getFileSystem(log.newDeltaHadoopConf());
            DeltaLogFiles commits = DeltaLogFiles.of(log);
            for (long later = Long.parseLong(version) + 1; later <= newest.version(); later++) {
                for (JsonNode removed : commits.actions(later, "remove")) {
                    String path = URI.create(removed.path("path").asText()).getPath();
                    if (!files.exists(new Path(log.dataPath(), path))) {
                        return false;
                    }
                }
            }
            return true;
        } catch (Exception gone) { // Delta has several ways to say that a version cannot be reconstructed any more
            return false;
        }
    }

    @Override
    public List<String> partitionColumns() {
        return List.copyOf(CollectionConverters.asJava(newest.metadata().partitionColumns()));
    }

    @Override
    public Map<PartitionValues, Long> partitions(List<String> columns) {
        try {
            Map<String, String> physical = physical(columns);
            Column[] values = columns.stream()
                    .map(column -> functions.col("partitionValues").getItem(physical.get(column)))
                    .toArray(Column[]::new);
            Map<PartitionValues, Long> partitions = new LinkedHashMap<>();
            for (Row row : newest.allFiles().toDF().groupBy(values).count().collectAsList()) {
                Map<String, Optional<String>> found = new LinkedHashMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    found.put(columns.get(i), value(row.getString(i)));
                }
                partitions.merge(new PartitionValues(found), row.getLong(columns.size()), Long::sum);
            }
            return partitions;
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            throw SparkErrors.of("the partitions of " + words + " cannot be listed", failed);
        }
    }

    @Override
    public Map<PartitionValues, Change> changesAfter(String version, List<String> columns)
            throws IncompleteLogException {
        Map<String, String> physical = physical(columns);
        Map<PartitionValues, Change> changes = new HashMap<>();
        long next = Long.parseLong(version) + 1;
        if (next > newest.version() + 1) {
            throw new IncompleteLogException(
                    words + " is at version " + newest.version() + ", before version " + version
                            + ", up to which it was looked at before: it was restored from a copy, or its log was changed");
        }
        try {
            DeltaLogFiles commits = DeltaLogFiles.of(log);
            for (; next <= newest.version(); next++) {
                Map<PartitionValues, Change> commit = commit(commits, next, columns, physical);
                commit.forEach((partition, change) -> changes.merge(partition, change, Change::then));
            }
        } catch (FileNotFoundException cleaned) {
            throw new IncompleteLogException("version " + next + " of " + words
                    + " is not in its log any more, which was looked at up to version " + version
                    + ": what has changed since is not known");
        } catch (IOException failed) {
            throw SparkErrors.of("the log of " + words + " cannot be read", failed);
        }
        return changes;
    }

    private static Map<PartitionValues, Change> commit(
            DeltaLogFiles commits, long version, List<String> columns, Map<String, String> physical)
            throws IOException {
        Map<PartitionValues, Change> changes = new HashMap<>();
        for (DeltaLogFiles.FileAction action : commits.files(version)) {
            Map<String, Optional<String>> values = new LinkedHashMap<>();
            for (String column : columns) {
                values.put(column, value(action.partition().get(physical.get(column))));
            }
            String changed = action.changesRows() ? Long.toString(version) : "";
            changes.merge(new PartitionValues(values), new Change(changed, action.added() ? 1 : -1), Change::then);
        }
        return changes;
    }

    /** Delta writes an empty text for a null. */
    private static Optional<String> value(@Nullable String written) {
        return Optional.ofNullable(written).filter(text -> !text.isEmpty());
    }

    /** Returns the names that columns have in the log, which are others than in the table where columns were renamed. */
    private Map<String, String> physical(List<String> columns) {
        Map<String, String> names = new HashMap<>();
        List<StructField> fields =
                new ArrayList<>(List.of(newest.metadata().schema().fields()));
        for (String column : columns) {
            fields.stream()
                    .filter(field -> field.name().equals(column))
                    .findFirst()
                    .ifPresent(field -> names.put(column, DeltaColumnMapping$.MODULE$.getPhysicalName(field)));
        }
        return names;
    }
}
