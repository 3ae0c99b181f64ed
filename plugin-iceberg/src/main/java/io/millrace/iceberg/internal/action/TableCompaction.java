package io.millrace.iceberg.internal.action;

import io.millrace.config.MillraceException;
import io.millrace.iceberg.internal.commit.BatchSnapshots;
import io.millrace.iceberg.internal.commit.ConflictingCommit;
import io.millrace.iceberg.internal.spark.TableFilter;
import io.millrace.iceberg.internal.table.IcebergConflicts;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.iceberg.internal.table.IcebergTargetTable;
import io.millrace.internal.spark.ActiveSession;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.CompactionResult.Folder;
import io.millrace.spi.SparkErrors;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.RewriteDataFiles;
import org.apache.iceberg.actions.SizeBasedFileRewritePlanner;
import org.apache.iceberg.spark.actions.RewriteDataFilesSparkAction;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/** Compaction of a table by Iceberg's own action, as one snapshot that says it changes no data. */
public final class TableCompaction {

    private final IcebergModel model;
    private final SparkSession session;

    /** Of the table of a model, seen from a session. */
    public TableCompaction(IcebergModel model, SparkSession session) {
        this.model = model;
        this.session = session;
    }

    /**
     * Compacts, and waits for it.
     *
     * @throws MillraceException of kind USER where the request does not fit the table, EXTERNAL where others have changed it meanwhile
     */
    public CompactionResult run(CompactionRequest request) {
        Table table = new IcebergTargetTable(model, session).find().orElse(null);
        if (table == null || BatchSnapshots.newest(table, model.branch()) == null) {
            return CompactionResult.nothing("nothing is written yet");
        }
        Snapshot before = Objects.requireNonNull(BatchSnapshots.newest(table, model.branch()));
        RewriteDataFilesSparkAction action = action(table, request);
        try {
            ActiveSession.in(session, action::execute);
        } catch (Exception failed) {
            throw IcebergConflicts.isConflict(failed)
                    ? MillraceException.external(
                            "cannot compact " + model.words() + ": others have changed it meanwhile: "
                                    + failed.getMessage() + "; the last commit was "
                                    + ConflictingCommit.last(table, model.branch()) + ". Compact it again",
                            failed)
                    : SparkErrors.of("cannot compact " + model.words(), failed);
        }
        table.refresh();
        return result(table, before);
    }

    private RewriteDataFilesSparkAction action(Table table, CompactionRequest request) {
        RewriteDataFilesSparkAction action = SparkActions.get(session).rewriteDataFiles(table);
        action.option(RewriteDataFiles.TARGET_FILE_SIZE_BYTES, Long.toString(request.targetFileSize(null)));
        action.option(SizeBasedFileRewritePlanner.MIN_INPUT_FILES, "2");
        if (model.branch() != null) {
            action.toBranch(model.branch());
        }
        request.where().ifPresent(predicate -> filter(action, predicate));
        return action;
    }

    private void filter(RewriteDataFilesSparkAction action, String predicate) {
        try {
            action.filter(TableFilter.of(session, model.table().sql(model.branch()), predicate));
        } catch (AnalysisException | IllegalArgumentException refused) {
            throw MillraceException.user(
                    "cannot compact " + model.words() + " where " + predicate + ": " + refused.getMessage(), refused);
        } catch (Exception failed) {
            throw SparkErrors.of("cannot compact " + model.words(), failed);
        }
    }

    private CompactionResult result(Table table, Snapshot before) {
        List<Snapshot> rewrites = BatchSnapshots.history(table, model.branch())
                .takeWhile(snapshot -> snapshot.snapshotId() != before.snapshotId())
                .filter(snapshot -> DataOperations.REPLACE.equals(snapshot.operation()))
                .toList();
        if (rewrites.isEmpty()) {
            return new CompactionResult(List.of(), List.of());
        }
        long files = figure(before, "total-data-files");
        long bytes = figure(before, "total-files-size");
        long filesAfter = files;
        long bytesAfter = bytes;
        for (Snapshot rewrite : rewrites) {
            filesAfter += figure(rewrite, "added-data-files") - figure(rewrite, "deleted-data-files");
            bytesAfter += figure(rewrite, "added-files-size") - figure(rewrite, "removed-files-size");
        }
        return new CompactionResult(
                List.of(new Folder(table.location(), files, bytes, filesAfter, bytesAfter)), List.of());
    }

    private static long figure(Snapshot snapshot, String name) {
        return Long.parseLong(snapshot.summary().getOrDefault(name, "0"));
    }
}
