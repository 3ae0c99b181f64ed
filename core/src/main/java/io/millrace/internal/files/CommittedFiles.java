package io.millrace.internal.files;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.Sessions;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import io.millrace.spi.SparkErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches as files into a folder, each exactly once; how, and what it does not give, stands at the package. Used on the driver. Immutable;
 * batches of different requests may be written at the same time.
 */
public final class CommittedFiles {

    private final FileTarget target;
    private final Stage.Listener listener;

    /** Makes a writer; touches nothing. */
    public CommittedFiles(FileTarget target) {
        this(target, Stage.Listener.NONE);
    }

    CommittedFiles(FileTarget target, Stage.Listener listener) {
        this.target = target;
        this.listener = listener;
    }

    /**
     * Writes a batch, or finds that it is there, in place of the files that {@link Batch#replaces} and the save mode say.
     *
     * <p>A batch without rows that is appended leaves no file and no marker: written again, it is written again. Overwriting with no rows
     * empties the folder, or the part of it that a condition means, and is remembered.
     *
     * @param batch of which only the id, the mode and the condition matter here; markers of a stream are kept for its last hundred batches, those of batch runs for ever
     * @param rows those of the batch, as they are written; computed once
     * @return what came of it. Never throws; the reason of a failure is of kind USER where the folder or the rows do not allow it, EXTERNAL where the
     *     storage fails
     */
    public FileCommit write(Batch batch, Dataset<Row> rows) {
        return write(batch.id(), rows, batch.mode(), batch.replaces());
    }

    FileCommit write(BatchId batch, Dataset<Row> rows, RunMode mode) {
        return write(batch, rows, mode, null);
    }

    private FileCommit write(BatchId batch, Dataset<Row> rows, RunMode mode, @Nullable String condition) {
        ReplacedFiles replaced;
        Storage storage;
        try {
            requirePartitionColumns(rows.columns());
            replaced = ReplacedFiles.of(target, condition);
            storage = open(rows.sparkSession());
        } catch (RuntimeException unusable) {
            return new FileCommit.Failed(
                    new CommitOutcome.Rejected(SparkErrors.of("cannot write " + target, unusable)));
        }
        try (storage) {
            return new WriteAttempt(target, storage.files(), batch, listener).write(rows, mode, replaced);
        }
    }

    /**
     * Returns the requests of an output that have batches here, each with the number of its last one: one listing, whatever their number.
     *
     * @throws MillraceException of kind EXTERNAL where the storage fails
     */
    public Map<String, Long> lastBatches(SparkSession session, OutputId output) {
        try (Storage storage = open(session)) {
            return new CommitLog(storage.files(), new Path(target.location())).lastBatches(output);
        } catch (IOException unreachable) {
            throw unreachable(unreachable);
        }
    }

    /**
     * Removes what dead attempts of a request left of batches that are not committed.
     *
     * @throws MillraceException of kind EXTERNAL where the storage fails
     */
    public void discard(SparkSession session, OutputId output, String request) {
        try (Storage storage = open(session)) {
            for (BatchId batch : new CommitLog(storage.files(), new Path(target.location())).begun(output, request)) {
                new WriteAttempt(target, storage.files(), batch, listener).discardUncommitted();
            }
        } catch (IOException unreachable) {
            throw unreachable(unreachable);
        }
    }

    /**
     * Makes few large files of small ones that committed batches have written, folder by folder; how, stands at the package. Batches may be
     * appended meanwhile.
     *
     * @throws MillraceException of kind USER where the request does not fit the folder; EXTERNAL where the storage fails or somebody else has
     *     changed the files meanwhile
     */
    public CompactionResult compact(SparkSession session, CompactionRequest request) {
        return compact(session, request, CompactionStage.Listener.NONE);
    }

    CompactionResult compact(SparkSession session, CompactionRequest request, CompactionStage.Listener at) {
        if (!target.format().equalsIgnoreCase("parquet")) {
            return CompactionResult.nothing(target + ": only parquet files are compacted, and Delta tables");
        }
        try (Storage storage = open(session)) {
            return new Compaction(target, storage.files(), at).run(Sessions.beside(session), request);
        }
    }

    private void requirePartitionColumns(String[] columns) {
        List<String> missing = new ArrayList<>();
        for (String wanted : target.partitionBy()) {
            if (Stream.of(columns).noneMatch(wanted::equalsIgnoreCase)) {
                missing.add(wanted);
            }
        }
        if (!missing.isEmpty()) {
            throw MillraceException.user(String.format(
                    Locale.ROOT,
                    "cannot write %s: the rows have no column %s to partition by; their columns: %s",
                    target,
                    String.join(", ", missing),
                    String.join(", ", columns)));
        }
    }

    private Storage open(SparkSession session) {
        Configuration configuration = Sessions.storage(session);
        target.storage().forEach(configuration::set);
        Path location = new Path(target.location());
        try {
            boolean shared = target.storage().isEmpty();
            return new Storage(
                    shared
                            ? location.getFileSystem(configuration)
                            : FileSystem.newInstance(location.toUri(), configuration),
                    shared);
        } catch (IOException unreachable) {
            throw unreachable(unreachable);
        }
    }

    private MillraceException unreachable(IOException cause) {
        return MillraceException.external("cannot reach " + target.location() + ": " + cause.getMessage(), cause);
    }

    /** A file system; one with credentials of its own is not shared and ends with its use. */
    private record Storage(FileSystem files, boolean shared) implements AutoCloseable {
        @Override
        public void close() {
            if (!shared) {
                try {
                    files.close();
                } catch (IOException ended) {
                    // everything written was closed before
                }
            }
        }
    }
}
