package io.millrace.internal.spark.delta;

import io.delta.tables.DeltaOptimizeBuilder;
import io.delta.tables.DeltaTable;
import io.millrace.config.MillraceException;
import io.millrace.internal.spark.Sessions;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.SparkErrors;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Compaction of a Delta table by its own OPTIMIZE, as one commit that says it changes no data. */
public final class DeltaCompaction {

    private static final String MARK = "millrace compact";

    private final SparkSession session;
    private final DeltaCommits commits;
    private final Function<SparkSession, DeltaTable> table;
    private final String words;

    private DeltaCompaction(
            SparkSession session, DeltaCommits commits, Function<SparkSession, DeltaTable> table, String words) {
        this.session = session;
        this.commits = commits;
        this.table = table;
        this.words = words;
    }

    /**
     * A table of the session's catalog.
     *
     * @param words names it in messages
     */
    public static DeltaCompaction ofTable(SparkSession session, String table, String words) {
        return new DeltaCompaction(
                Sessions.beside(session),
                DeltaCommits.ofTable(session, table),
                own -> DeltaTable.forName(own, table),
                words);
    }

    /**
     * A table in a folder.
     *
     * @param storage settings and credentials for that folder only; may be empty
     * @param words names it in messages
     */
    public static DeltaCompaction atPath(SparkSession session, String path, Map<String, String> storage, String words) {
        return new DeltaCompaction(
                Sessions.beside(session),
                DeltaCommits.atPath(session, path, storage),
                own -> DeltaTable.forPath(own, path, storage),
                words);
    }

    /**
     * Compacts.
     *
     * @param ofModel the size that the table's model asks for; null for none
     * @throws MillraceException of kind USER where the predicate does not fit the table, EXTERNAL where storage or another writer is in the way
     */
    public CompactionResult run(CompactionRequest request, @Nullable Long ofModel) {
        long size = request.targetFileSize(ofModel);
        session.conf().set("spark.databricks.delta.optimize.maxFileSize", size);
        session.conf().set("spark.databricks.delta.optimize.minFileSize", size);
        session.conf().set("spark.databricks.delta.commitInfo.userMetadata", MARK);
        try {
            if (!commits.tableExists()) {
                return CompactionResult.nothing("nothing is written yet");
            }
            DeltaTable delta = table.apply(session);
            Row before =
                    delta.detail().select("location", "numFiles", "sizeInBytes").head();
            DeltaOptimizeBuilder all = delta.optimize();
            Row done = request.where()
                    .map(all::where)
                    .orElse(all)
                    .executeCompaction()
                    .select(
                            "metrics.numFilesAdded",
                            "metrics.numFilesRemoved",
                            "metrics.filesAdded.totalSize",
                            "metrics.filesRemoved.totalSize")
                    .head();
            return result(before, done);
        } catch (Exception failed) {
            throw SparkErrors.of("cannot compact " + words, failed);
        }
    }

    private static CompactionResult result(Row before, Row done) {
        if (done.getLong(1) == 0) {
            return new CompactionResult(List.of(), List.of());
        }
        long files = before.getLong(1);
        long bytes = before.getLong(2);
        return new CompactionResult(
                List.of(new CompactionResult.Folder(
                        before.getString(0),
                        files,
                        bytes,
                        files - done.getLong(1) + done.getLong(0),
                        bytes - done.getLong(3) + done.getLong(2))),
                List.of());
    }
}
