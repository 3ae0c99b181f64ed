package io.millrace.iceberg;

import java.util.List;
import java.util.Locale;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/** How files come into a table. None of them depends on what the table holds when it is committed, so each may be tried again. */
enum CommitKind {
    APPEND {
        @Override
        SnapshotUpdate<?> of(List<DataFile> files, Transaction transaction, @Nullable String branch) {
            AppendFiles append = transaction.newAppend();
            files.forEach(append::appendFile);
            return append;
        }
    },
    OVERWRITE {
        @Override
        SnapshotUpdate<?> of(List<DataFile> files, Transaction transaction, @Nullable String branch) {
            OverwriteFiles overwrite = transaction.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue());
            files.forEach(overwrite::addFile);
            return overwrite;
        }
    },
    OVERWRITE_PARTITIONS {
        @Override
        SnapshotUpdate<?> of(List<DataFile> files, Transaction transaction, @Nullable String branch) {
            return PartitionReplacement.of(files, transaction, branch);
        }
    };

    /** @param branch that is written, which the update is still to be told; null for the main one */
    abstract SnapshotUpdate<?> of(List<DataFile> files, Transaction transaction, @Nullable String branch);

    /** Returns whether no rows are nothing to do. */
    boolean nothingWithout(StagedFiles files) {
        return this != OVERWRITE && files.files().isEmpty();
    }

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
