package io.millrace.iceberg.internal.commit;

import dev.failsafe.Failsafe;
import io.millrace.iceberg.internal.table.IcebergConflicts;
import io.millrace.iceberg.internal.table.WriteKind;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.spi.BatchId;
import io.millrace.spi.RunMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * Brings the files of one batch, or of several, into a table as one snapshot: all or nothing, and never a batch that is there. What tells is the
 * version of the table that the commit builds on, so two attempts at one batch cannot both succeed.
 */
final class TableCommit {

    private final Table table;
    private final @Nullable String branch;
    private final WriteKind kind;
    private final @Nullable Expression replaced;
    private final CommitRetries retries;
    private final List<Part> parts;
    private final Set<BatchId> there = new LinkedHashSet<>();

    /**
     * One batch of it.
     *
     * @param summary properties of the snapshot besides ours
     */
    record Part(BatchId batch, RunMode mode, StagedFiles files, Map<String, String> summary) {}

    TableCommit(Table table, @Nullable String branch, WriteKind kind, CommitRetries retries, List<Part> parts) {
        this(table, branch, kind, null, retries, parts);
    }

    /** @param replaced the rows that the files take the place of; null for what the kind says */
    TableCommit(
            Table table,
            @Nullable String branch,
            WriteKind kind,
            @Nullable Expression replaced,
            CommitRetries retries,
            List<Part> parts) {
        this.replaced = replaced;
        this.table = table;
        this.branch = branch;
        this.kind = kind;
        this.retries = retries;
        this.parts = List.copyOf(parts);
    }

    /**
     * Commits, or throws what Iceberg throws: {@link org.apache.iceberg.exceptions.CommitFailedException} where others came first each time, {@link
     * org.apache.iceberg.exceptions.ValidationException} where {@link #foundThere} says why, anything else where the table has to be asked what
     * came of it.
     */
    void run() {
        Failsafe.with(IcebergConflicts.retried(retries)).run(this::attempt);
    }

    /** Returns the batches that somebody else has committed, as the last attempt found; nothing is committed then. */
    Set<BatchId> foundThere() {
        return Set.copyOf(there);
    }

    private void attempt() {
        table.refresh();
        Transaction transaction = table.newTransaction();
        List<DataFile> files = new ArrayList<>();
        parts.forEach(part -> files.addAll(part.files().files()));
        SnapshotUpdate<?> update = update(files, transaction);
        if (branch != null) {
            update.toBranch(branch);
        }
        for (Part part : parts) {
            part.summary().forEach(update::set);
            update.set(BatchSnapshots.key(part.batch()), part.batch().toString());
        }
        update.validateWith(new NoneThere());
        update.commit();
        rememberStreams(transaction);
        transaction.commitTransaction();
    }

    private SnapshotUpdate<?> update(List<DataFile> files, Transaction transaction) {
        if (replaced != null) {
            return overwrite(replaced, files, transaction);
        }
        return switch (kind) {
            case APPEND -> {
                AppendFiles append = transaction.newAppend();
                files.forEach(append::appendFile);
                yield append;
            }
            case OVERWRITE -> overwrite(Expressions.alwaysTrue(), files, transaction);
            case OVERWRITE_PARTITIONS -> PartitionReplacement.of(files, transaction, branch);
        };
    }

    private static OverwriteFiles overwrite(Expression rows, List<DataFile> files, Transaction transaction) {
        OverwriteFiles overwrite = transaction.newOverwrite().overwriteByRowFilter(rows);
        files.forEach(overwrite::addFile);
        return overwrite;
    }

    private void rememberStreams(Transaction transaction) {
        if (parts.stream().anyMatch(part -> part.mode() == RunMode.STREAM)) {
            UpdateProperties properties = transaction.updateProperties();
            for (Part part : parts) {
                BatchSnapshots.last(part.batch(), part.mode())
                        .ifPresent(last -> properties.set(last.getKey(), last.getValue()));
            }
            properties.commit();
        }
    }

    /** Asked at each attempt, Iceberg's own among them, with the history that the commit would go on. */
    private final class NoneThere implements SnapshotAncestryValidator {

        @Override
        public boolean validate(Iterable<Snapshot> history) {
            there.clear();
            for (Part part : parts) {
                if (BatchSnapshots.find(StreamSupport.stream(history.spliterator(), false), part.batch())
                        .isPresent()) {
                    there.add(part.batch());
                }
            }
            return there.isEmpty();
        }

        @Override
        public String errorMessage() {
            return "the table holds " + there;
        }
    }
}
