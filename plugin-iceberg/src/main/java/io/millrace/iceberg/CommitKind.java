package io.millrace.iceberg;

import java.util.List;
import java.util.Locale;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.ReplacePartitions;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.expressions.Expressions;

/** How files come into a table. None of them depends on what the table holds when it is committed, so each may be tried again. */
enum CommitKind {
    APPEND {
        @Override
        SnapshotUpdate<?> of(List<DataFile> files, Transaction transaction) {
            AppendFiles append = transaction.newAppend();
            files.forEach(append::appendFile);
            return append;
        }
    },
    OVERWRITE {
        @Override
        SnapshotUpdate<?> of(List<DataFile> files, Transaction transaction) {
            OverwriteFiles overwrite = transaction.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue());
            files.forEach(overwrite::addFile);
            return overwrite;
        }
    },
    OVERWRITE_PARTITIONS {
        @Override
        SnapshotUpdate<?> of(List<DataFile> files, Transaction transaction) {
            ReplacePartitions overwrite = transaction.newReplacePartitions();
            files.forEach(overwrite::addFile);
            return overwrite;
        }
    };

    abstract SnapshotUpdate<?> of(List<DataFile> files, Transaction transaction);

    /** Returns whether no rows are nothing to do. */
    boolean nothingWithout(StagedFiles files) {
        return this != OVERWRITE && files.files().isEmpty();
    }

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
