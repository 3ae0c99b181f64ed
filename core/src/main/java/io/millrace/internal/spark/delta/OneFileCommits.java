package io.millrace.internal.spark.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.exceptions.DeltaConcurrentModificationException;
import io.millrace.internal.spark.ScalaCollections;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.RemoveFile;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The commits of a Delta table of which each version is one file. The first is a transaction of Delta's. Those after it are written by Delta's log store,
 * which takes a version once, without Delta's transaction: that reads the table's state first, and where another process has just committed it takes
 * some jobs to find it. Which is possible only as long as the table asks for no more of its writers than the oldest tables did.
 *
 * <p>See the <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md">protocol of Delta</a>, "Add File and Remove File".
 */
final class OneFileCommits {

    /** What a commit says of itself whose one file has all rows. */
    private static final String WHOLE = "written by Millrace, all rows in one file";

    private static final int OLDEST_WRITERS = 2;

    private static final DeltaOperations.Operation OPERATION = new DeltaOperations.Write(
            SaveMode.Overwrite,
            Option.empty(),
            Option.empty(),
            Option.apply(WHOLE),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty());

    private final DeltaLog log;
    private final FileSystem files;
    private final DeltaLogFiles commits;

    private OneFileCommits(DeltaLog log, FileSystem files, DeltaLogFiles commits) {
        this.log = log;
        this.files = files;
        this.commits = commits;
    }

    static OneFileCommits of(DeltaLog log) throws IOException {
        return new OneFileCommits(log, log.logPath().getFileSystem(log.newDeltaHadoopConf()), DeltaLogFiles.of(log));
    }

    /** Returns whether versions can be written without a transaction. */
    static boolean asksForNoMore(Snapshot table) {
        return table.protocol().minWriterVersion() <= OLDEST_WRITERS;
    }

    boolean exists(long version) throws IOException {
        return files.exists(DeltaLogFiles.commit(log.logPath(), version));
    }

    /** Returns the file of a commit; empty where there is none, or its log is cleaned that far. */
    Optional<FileStatus> find(long version) throws IOException {
        try {
            return Optional.of(files.getFileStatus(DeltaLogFiles.commit(log.logPath(), version)));
        } catch (FileNotFoundException absent) {
            return Optional.empty();
        }
    }

    /** Returns the one file that a commit names, where it was written here; what others did to the table is for Delta to find out. */
    Optional<AddFile> whole(long version) throws IOException {
        List<JsonNode> added = added(version);
        return added.size() == 1
                        && commits.info(version).path("userMetadata").asText().equals(WHOLE)
                ? Optional.of((AddFile) Action.fromJson("{\"add\":" + added.get(0) + "}"))
                : Optional.empty();
    }

    /** Returns the files that a commit adds; none where it is not there. */
    List<JsonNode> added(long version) throws IOException {
        try {
            return commits.actions(version, "add");
        } catch (FileNotFoundException absent) {
            return List.of();
        }
    }

    /** Makes the table. Returns false where somebody has made it meanwhile. */
    boolean make(Metadata metadata, AddFile added) throws IOException {
        return transact(log.update(false, Option.empty(), Option.empty()), -1, Optional.of(metadata), List.of(), added);
    }

    /** Writes a version by a transaction. Returns false where somebody has written another one meanwhile. */
    boolean transact(long before, List<AddFile> removed, AddFile added) throws IOException {
        return transact(log.update(false, Option.empty(), Option.empty()), before, Optional.empty(), removed, added);
    }

    private boolean transact(
            Snapshot from, long before, Optional<Metadata> metadata, List<AddFile> removed, AddFile added)
            throws IOException {
        if (from.version() != before) {
            return false;
        }
        try {
            return log.withNewTransaction(Option.empty(), Option.apply(from), transaction -> {
                metadata.ifPresent(transaction::updateMetadataForNewTable);
                transaction.readWholeTable();
                List<Action> actions = new ArrayList<>(removals(removed));
                actions.add(added);
                transaction.commit(ScalaCollections.seq(actions), OPERATION);
                return true;
            });
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            if (landed(before + 1, added)) {
                return true; // Delta may fail after its commit, in what it does besides
            }
            if (failed instanceof DeltaConcurrentModificationException) {
                return false;
            }
            throw failed;
        }
    }

    /** Writes a version without a transaction. Returns false where somebody has written another one meanwhile. */
    boolean append(long before, List<AddFile> removed, AddFile added) throws IOException {
        List<String> lines = Stream.concat(
                        Stream.of(info(before)),
                        Stream.concat(removals(removed).stream(), Stream.of(added))
                                .map(Action::json))
                .toList();
        try {
            write(DeltaLogFiles.commit(log.logPath(), before + 1), lines);
            return true;
        } catch (Exception failed) { // Scala's methods throw checked exceptions without declaring them
            if (landed(before + 1, added)) {
                return true; // a storage may have written it, and not have said so
            }
            if (failed instanceof FileAlreadyExistsException) {
                return false;
            }
            throw failed;
        }
    }

    private void write(Path commit, List<String> lines) throws IOException {
        boolean local = files instanceof LocalFileSystem && ownLogStores().isEmpty();
        if (!local
                || !LocalCommitFile.write(
                        ((LocalFileSystem) files).pathToFile(commit).toPath(), lines)) {
            log.store().write(commit, CollectionConverters.asScala(lines.iterator()), false, log.newDeltaHadoopConf());
        }
    }

    /** Returns the log stores that users have chosen, which take part in every commit. */
    private Map<String, String> ownLogStores() {
        return log.newDeltaHadoopConf().getPropsWithPrefix("spark.delta.logStore.");
    }

    private static String info(long before) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        ObjectNode info = line.putObject("commitInfo");
        info.put("timestamp", System.currentTimeMillis()).put("operation", "WRITE");
        info.putObject("operationParameters").put("mode", "Overwrite").put("partitionBy", "[]");
        info.put("readVersion", before).put("isolationLevel", "Serializable").put("isBlindAppend", false);
        info.put("userMetadata", WHOLE).put("engineInfo", "Millrace");
        info.put("txnId", UUID.randomUUID().toString());
        return line.toString();
    }

    private static List<RemoveFile> removals(List<AddFile> removed) {
        long now = System.currentTimeMillis();
        return removed.stream().map(file -> file.removeWithTimestamp(now, true)).toList();
    }

    private boolean landed(long version, AddFile file) throws IOException {
        return added(version).stream()
                .anyMatch(added -> added.path("path").asText().equals(file.path()));
    }

    /** Makes a checkpoint of the table as it is, and cleans its log, as Delta does by itself after a transaction. */
    void checkpoint() {
        log.checkpoint(log.update(false, Option.empty(), Option.empty()), Option.empty());
    }
}
