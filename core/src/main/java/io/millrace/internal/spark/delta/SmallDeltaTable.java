package io.millrace.internal.spark.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.delta.exceptions.DeltaConcurrentModificationException;
import io.millrace.internal.spark.ScalaCollections;
import io.millrace.internal.spark.Sessions;
import io.millrace.spi.SparkErrors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaLog$;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Format;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * A Delta table of so few rows that all of them are read and written at once, by many processes: who writes a version says which one it goes on from,
 * and of two who go on from the same one the second is refused. The rows of a version are one file, so that reading needs no more than the newest
 * commit, and neither reading nor writing starts a job of Spark. People may look at it by SQL, and change it.
 *
 * <p>Thread-safe. Every failure is of kind EXTERNAL.
 */
public final class SmallDeltaTable {

    /** Files of this many versions stay, for whoever reads one of them meanwhile. */
    private static final int VERSIONS_KEPT = 100;

    private static final Map<String, String> PROPERTIES = Map.of(
            "delta.checkpointInterval", "50",
            "delta.enableDeletionVectors", "false",
            "delta.logRetentionDuration", "interval 1 day",
            "delta.deletedFileRetentionDuration", "interval 1 day",
            "delta.dataSkippingNumIndexedCols", "0");

    /** What a commit says of itself whose one file has all rows. */
    private static final String WHOLE = "written by Millrace, all rows in one file";

    /** Not a manual update, after which Delta computes the table's state anew, with a job. */
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

    private final SparkSession session;
    private final String path;
    private final StructType columns;
    private final Map<String, String> properties;

    /**
     * All that a version holds.
     *
     * @param number of the version; -1 where there is no table
     * @param rows in the order in which they were written
     */
    public record Version(long number, List<Row> rows, List<AddFile> files) {

        /** The state of a table that is not there. */
        static final Version NONE = new Version(-1, List.of(), List.of());
    }

    /**
     * The table in a folder, which is made with its first rows.
     *
     * @param columns texts, whole numbers, times and truths
     * @param properties of the table, which {@link #property} tells
     */
    public SmallDeltaTable(SparkSession session, String path, StructType columns, Map<String, String> properties) {
        this.session = session;
        this.path = path;
        this.columns = columns;
        this.properties = properties;
        DeltaCommits.requireDelta(path);
    }

    /** Returns a property of the table; an empty text where it has none, or there is no table. */
    public String property(String name) {
        Option<String> value = snapshot().metadata().configuration().get(name);
        return value.isDefined() ? value.get() : "";
    }

    /** Returns the newest version. */
    public Version read() {
        try {
            Snapshot snapshot = snapshot();
            if (snapshot.version() < 0) {
                return Version.NONE;
            }
            Optional<AddFile> file = writtenHere(snapshot);
            if (file.isPresent()) {
                Path where = new Path(path, file.get().path());
                return new Version(
                        snapshot.version(), SmallParquet.read(where, columns, storage()), List.of(file.get()));
            }
            return new Version(
                    snapshot.version(),
                    rows(snapshot.version()),
                    List.copyOf(snapshot.allFiles().collectAsList()));
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            throw failure("read", failed);
        }
    }

    /** Returns the one file that the newest commit names, where it was written here; what others did to the table is for Delta to find out. */
    private static Optional<AddFile> writtenHere(Snapshot snapshot) throws IOException {
        try {
            DeltaLogFiles commits = DeltaLogFiles.of(snapshot.deltaLog());
            JsonNode info = commits.info(snapshot.version());
            List<JsonNode> added = commits.actions(snapshot.version(), "add");
            if (info.path("userMetadata").asText().equals(WHOLE) && added.size() == 1) {
                return Optional.of((AddFile) Action.fromJson("{\"add\":" + added.get(0) + "}"));
            }
        } catch (FileNotFoundException cleaned) { // then a checkpoint has it
            return Optional.empty();
        }
        return Optional.empty();
    }

    private List<Row> rows(long version) {
        SparkSession own = Sessions.beside(session);
        own.conf().set("spark.sql.datetime.java8API.enabled", true);
        Column[] all = Arrays.stream(columns.fieldNames()).map(functions::col).toArray(Column[]::new);
        return own.read()
                .format("delta")
                .option("versionAsOf", version)
                .load(path)
                .select(all)
                .collectAsList();
    }

    /**
     * Writes a version, whole or not at all.
     *
     * @param before the version it goes on from
     * @return false, with nothing written, where somebody has written another one since
     */
    public boolean replace(Version before, List<Row> rows) {
        String name = "part-" + UUID.randomUUID() + ".parquet";
        try {
            Path file = new Path(path, name);
            SmallParquet.write(file, columns, rows, storage());
            FileStatus written = file.getFileSystem(storage()).getFileStatus(file);
            boolean landed = commit(before, added(name, written));
            if (landed) {
                forgetOld(before.number() + 1 - VERSIONS_KEPT);
            } else {
                file.getFileSystem(storage()).delete(file, false);
            }
            return landed;
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            throw failure("written", failed);
        }
    }

    private static AddFile added(String name, FileStatus written) {
        return new AddFile(
                name,
                ScalaCollections.map(Map.of()),
                written.getLen(),
                written.getModificationTime(),
                true,
                null,
                null,
                null,
                Option.empty(),
                Option.empty(),
                Option.empty(),
                Option.empty(),
                Option.empty());
    }

    private boolean commit(Version before, AddFile added) throws IOException {
        DeltaLog log = log();
        try {
            return log.withNewTransaction(Option.empty(), Option.empty(), transaction -> {
                if (transaction.readVersion() != before.number()) {
                    return false;
                }
                write(transaction, before, added);
                return true;
            });
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            if (landed(log, before.number() + 1, added.path())) {
                return true; // Delta may fail after its commit, in what it does besides
            }
            if (failed instanceof DeltaConcurrentModificationException) {
                return false;
            }
            throw failed;
        }
    }

    private void write(OptimisticTransaction transaction, Version before, AddFile added) {
        if (before.number() < 0) {
            transaction.updateMetadataForNewTable(metadata());
        }
        transaction.readWholeTable();
        List<Action> actions = new ArrayList<>();
        actions.add(added);
        before.files().forEach(file -> actions.add(file.removeWithTimestamp(System.currentTimeMillis(), true)));
        transaction.commit(ScalaCollections.seq(actions), OPERATION);
    }

    private Metadata metadata() {
        Map<String, String> all = new HashMap<>(PROPERTIES);
        all.putAll(properties);
        return new Metadata(
                UUID.randomUUID().toString(),
                null,
                null,
                new Format("parquet", ScalaCollections.map(Map.of())),
                columns.json(),
                ScalaCollections.seq(List.of()),
                ScalaCollections.map(all),
                Option.apply(System.currentTimeMillis()));
    }

    private static boolean landed(DeltaLog log, long version, String file) throws IOException {
        try {
            return DeltaLogFiles.of(log).actions(version, "add").stream()
                    .anyMatch(added -> added.path("path").asText().equals(file));
        } catch (FileNotFoundException absent) {
            return false;
        }
    }

    /** Deletes the file that a version has added, which no version names that anybody reads. */
    private void forgetOld(long version) throws IOException {
        if (version < 1) {
            return;
        }
        FileSystem files = new Path(path).getFileSystem(storage());
        try {
            for (JsonNode old : DeltaLogFiles.of(log()).actions(version, "add")) {
                files.delete(new Path(path, old.path("path").asText()), false);
            }
        } catch (FileNotFoundException cleaned) {
            return; // Delta has cleaned its log, and VACUUM takes what is left
        }
    }

    private DeltaLog log() {
        return DeltaLog$.MODULE$.forTable(session, path);
    }

    private Snapshot snapshot() {
        return DeltaCommits.newest(this::log);
    }

    private Configuration storage() {
        return Sessions.storage(session);
    }

    private RuntimeException failure(String what, Exception failed) {
        return SparkErrors.of(String.format(Locale.ROOT, "the Delta table in %s cannot be %s", path, what), failed);
    }
}
