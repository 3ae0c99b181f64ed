package io.millrace.internal.files;

import io.millrace.config.MillraceException;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.RunMode;
import io.millrace.spi.SparkErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/** One attempt to write a batch: stage, say what will be created, move it, mark it, tidy up. */
final class WriteAttempt {

    private final FileTarget target;
    private final FileSystem files;
    private final BatchId batch;
    private final Stage.Listener listener;
    private final Folder folder;
    private final CommitLog log;
    private final Compactions compactions;
    private final Staging staging;

    WriteAttempt(FileTarget target, FileSystem files, BatchId batch, Stage.Listener listener) {
        Path location = new Path(target.location());
        this.target = target;
        this.files = files;
        this.batch = batch;
        this.listener = listener;
        this.folder = new Folder(files, location);
        this.log = new CommitLog(files, location);
        this.compactions = new Compactions(files, location, CompactionStage.Listener.NONE);
        this.staging = new Staging(files, log.staging(batch));
    }

    FileCommit write(Dataset<Row> rows, RunMode mode, ReplacedFiles replaced) {
        try {
            compactions.complete();
            Optional<CommitMarker> marker = log.marker(batch);
            if (marker.isPresent()) {
                Counts counts = Counts.committed(marker.get().rows());
                return new FileCommit.Stored(
                        log.markerName(batch), true, counts, marker.get().files(), finish(mode));
            }
            discard();
        } catch (IOException | RuntimeException unreachable) {
            return new FileCommit.Unreachable(failure(unreachable));
        }
        try {
            if (!wanted()) {
                Counts dropped = new Counts(0, rows.count(), 0, 0, 0);
                return new FileCommit.Stored("", false, dropped, List.of(), List.of());
            }
        } catch (Exception refused) { // Spark throws checked exceptions without declaring them
            return new FileCommit.Failed(new CommitOutcome.Rejected(failure(refused)));
        }
        return store(rows, mode, replaced);
    }

    /** Removes what earlier attempts left, unless one of them committed the batch. */
    void discardUncommitted() throws IOException {
        if (log.marker(batch).isEmpty()) {
            discard();
        }
    }

    private FileCommit store(Dataset<Row> rows, RunMode mode, ReplacedFiles replaced) {
        CommitMarker marker;
        try {
            long count = staging.write(replaced.written(rows), target);
            listener.reached(Stage.STAGED);
            List<WrittenFile> staged = staging.content();
            if (count == 0 && !replaced.evenByNothing()) {
                staging.delete();
                return new FileCommit.Stored("", false, Counts.NONE, List.of(), List.of());
            }
            List<WrittenFile> created = finalNames(staged);
            intend(created, replaced, rows);
            listener.reached(Stage.INTENDED);
            move(staged, created);
            listener.reached(Stage.MOVED);
            marker = new CommitMarker(batch.toString(), replaced.word(), count, created);
        } catch (Exception failed) {
            return undone(failed);
        }
        return mark(marker, mode);
    }

    private FileCommit mark(CommitMarker marker, RunMode mode) {
        try {
            log.write(batch, marker);
        } catch (IOException | RuntimeException failed) {
            // The answer may have been lost, not the request.
            try {
                if (log.marker(batch).isEmpty()) {
                    return undone(failed);
                }
            } catch (IOException | RuntimeException unreachable) {
                failed.addSuppressed(unreachable);
                return unknown(failure(failed).getMessage() + "; whether the batch is committed is unknown", failed);
            }
        }
        List<String> warnings = finish(mode);
        return new FileCommit.Stored(
                log.markerName(batch), false, Counts.committed(marker.rows()), marker.files(), warnings);
    }

    /** Whether the save mode wants the batch; refuses where it forbids it. */
    private boolean wanted() throws IOException {
        if (files.exists(folder.path("_delta_log"))) {
            throw MillraceException.user(target.location()
                    + " is a Delta table: plain files written into it would not be part of it; use format delta");
        }
        if (target.saveMode() == SaveMode.ErrorIfExists && folder.hasDataFiles()) {
            throw MillraceException.user(
                    target.location() + " holds files already, and the save mode is errorIfExists");
        }
        return target.saveMode() != SaveMode.Ignore || !folder.hasDataFiles();
    }

    private List<WrittenFile> finalNames(List<WrittenFile> staged) throws IOException {
        FileNaming naming = target.naming() == null ? WriteAttempt::partNames : target.naming();
        List<String> names = naming.names(staged, batch.key(), name -> files.exists(folder.path(name)));
        List<WrittenFile> named = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            named.add(new WrittenFile(names.get(i), staged.get(i).bytes()));
        }
        return named;
    }

    private static List<String> partNames(List<WrittenFile> staged, String writer, FileNaming.Existing existing) {
        List<String> names = new ArrayList<>();
        for (WrittenFile file : staged) {
            names.add(DataFileName.folder(file.path()) + DataFileName.of(names.size(), writer, file.path()));
        }
        return names;
    }

    /** Says what will be created and deleted. A compaction must not bring back what is deleted: it is stopped, or brought to its end before. */
    private void intend(List<WrittenFile> created, ReplacedFiles replaced, Dataset<Row> rows) throws IOException {
        if (!replaced.any()) {
            log.write(batch, new WriteIntent(batch.toString(), paths(created), List.of()));
            return;
        }
        compactions.settle();
        log.write(batch, intent(created, replaced, rows));
        while (compactions.any()) {
            compactions.settle();
            log.replace(batch, intent(created, replaced, rows));
        }
    }

    private WriteIntent intent(List<WrittenFile> created, ReplacedFiles replaced, Dataset<Row> rows)
            throws IOException {
        return new WriteIntent(
                batch.toString(), paths(created), paths(replaced.among(rows, created, folder.dataFiles())));
    }

    private void move(List<WrittenFile> staged, List<WrittenFile> created) throws IOException {
        Set<Path> parents = new LinkedHashSet<>();
        created.forEach(file -> parents.add(folder.path(file.path()).getParent()));
        Folder.each(List.copyOf(parents), files::mkdirs);
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < created.size(); i++) {
            indices.add(i);
        }
        Folder.Action<Integer> rename = i -> {
            Path to = folder.path(created.get(i).path());
            if (!files.rename(staging.path(staged.get(i).path()), to)) {
                throw new IOException("cannot move a file to " + to);
            }
        };
        if (!indices.isEmpty()) {
            rename.on(0);
            listener.reached(Stage.FIRST_MOVED);
            Folder.each(indices.subList(1, indices.size()), rename);
        }
    }

    /** Removes what an attempt without a marker left. */
    private void discard() throws IOException {
        Optional<WriteIntent> intent = log.intent(batch);
        if (intent.isPresent()) {
            folder.delete(intent.get().creates());
            log.deleteIntent(batch);
        }
        staging.delete();
    }

    /** Does what is left to do once the marker is there; a replay does it again. What fails harms nobody but is told. */
    private List<String> finish(RunMode mode) {
        List<String> warnings = new ArrayList<>();
        try {
            listener.reached(Stage.MARKED);
            Optional<WriteIntent> intent = log.intent(batch);
            if (intent.isPresent()) {
                folder.delete(intent.get().replaces());
                listener.reached(Stage.REPLACED);
                log.deleteIntent(batch);
            }
            staging.delete();
            if (mode == RunMode.STREAM && batch.number() % CommitLog.MARKERS_KEPT == 0) {
                log.prune(batch, CommitLog.MARKERS_KEPT);
            }
        } catch (IOException | RuntimeException unclean) {
            warnings.add("the batch is committed, but not everything could be tidied up in " + target.location() + ": "
                    + unclean.getMessage());
        }
        return warnings;
    }

    private FileCommit undone(Exception failed) {
        // The file system refuses to work for an interrupted thread.
        boolean interrupted = Thread.interrupted();
        try {
            discard();
            return new FileCommit.Failed(new CommitOutcome.Rejected(failure(failed)));
        } catch (IOException | RuntimeException unclean) {
            return unknown(
                    failure(failed).getMessage() + "; what was written could not be removed (" + unclean.getMessage()
                            + "): the same batch, written again, removes it",
                    failed);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static FileCommit unknown(String message, Exception failed) {
        return new FileCommit.Failed(new CommitOutcome.Unknown(MillraceException.external(message, failed)));
    }

    private MillraceException failure(Exception failed) {
        return SparkErrors.of("cannot write " + target, failed);
    }

    private static List<String> paths(List<WrittenFile> written) {
        return written.stream().map(WrittenFile::path).toList();
    }
}
