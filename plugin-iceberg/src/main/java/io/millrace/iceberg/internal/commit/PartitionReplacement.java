package io.millrace.iceberg.internal.commit;

import io.millrace.config.Causes;
import io.millrace.iceberg.internal.table.PartitionBy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.ReplacePartitions;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.util.PartitionSet;
import org.jspecify.annotations.Nullable;

/**
 * Files that take the place of the partitions they are in. Iceberg finds those of a partition among files that are partitioned alike. Where a table
 * has others too, from before its partitions were changed, it is told the rows instead; it then refuses where such a file has further rows.
 */
final class PartitionReplacement {

    /** The beginning of what Iceberg says where it would have to replace a part of a file. */
    private static final String PARTLY = "Cannot delete file where some, but not all, rows match filter";

    private PartitionReplacement() {}

    /** @param branch null for the main one */
    static SnapshotUpdate<?> of(List<DataFile> files, Transaction transaction, @Nullable String branch) {
        if (partitionedAlike(files, transaction.table(), branch)) {
            ReplacePartitions replacement = transaction.newReplacePartitions();
            files.forEach(replacement::addFile);
            return replacement;
        }
        OverwriteFiles replacement = transaction.newOverwrite().overwriteByRowFilter(rows(files, transaction.table()));
        files.forEach(replacement::addFile);
        return replacement;
    }

    private static boolean partitionedAlike(List<DataFile> files, Table table, @Nullable String branch) {
        if (table.specs().size() == 1) {
            return true;
        }
        Set<Integer> specs = files.stream().map(DataFile::specId).collect(Collectors.toSet());
        @Nullable Snapshot newest = BatchSnapshots.newest(table, branch);
        return newest == null
                || newest.dataManifests(table.io()).stream()
                        .filter(manifest -> manifest.hasAddedFiles() || manifest.hasExistingFiles())
                        .allMatch(manifest -> specs.contains(manifest.partitionSpecId()));
    }

    private static Expression rows(List<DataFile> files, Table table) {
        PartitionSet partitions = PartitionSet.create(table.specs());
        Expression rows = Expressions.alwaysFalse();
        for (DataFile file : files) {
            if (partitions.add(file.specId(), file.partition())) {
                PartitionSpec spec = Objects.requireNonNull(table.specs().get(file.specId()), "made by this table");
                rows = Expressions.or(rows, PartitionRows.of(spec, file.partition()));
            }
        }
        return rows;
    }

    /**
     * Returns why a commit of one was refused, as what follows the name of the table; empty where something else went wrong.
     *
     * @param condition says which rows are replaced; null for those of partitions
     */
    static Optional<String> refusal(Table table, @Nullable String condition, Throwable failed) {
        return Causes.first(failed, ValidationException.class)
                .map(Throwable::getMessage)
                .filter(message -> message.startsWith(PARTLY))
                .map(
                        message -> condition == null
                                ? "rows of the partitions that the batch replaces lie in files that have rows of other partitions too, because they were"
                                        + " written before the table was partitioned by "
                                        + PartitionBy.written(table.spec()) + ", such as "
                                        + message.substring(message.lastIndexOf(": ") + 2)
                                        + "; nothing is replaced. Let the action rewrite_dataset of a workflow rewrite these files"
                                        + " (properties { rewrite-all = true }, where for a part of the table), then run it again"
                                : "rows where " + condition + " lie in files that have other rows too, such as "
                                        + message.substring(message.lastIndexOf(": ") + 2)
                                        + "; Iceberg replaces whole files, so nothing is replaced. Partition the table by the columns of the condition, let"
                                        + " the action rewrite_dataset of a workflow rewrite its files (properties { rewrite-all = true }), then run it again");
    }
}
