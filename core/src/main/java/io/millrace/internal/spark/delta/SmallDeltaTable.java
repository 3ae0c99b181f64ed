package io.millrace.internal.spark.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.internal.spark.ScalaCollections;
import io.millrace.internal.spark.Sessions;
import io.millrace.spi.SparkErrors;
import java.io.IOException;
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
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaLog$;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Format;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * A Delta table of so few rows that all of them are read and written at once, by many processes: who writes a version says which one it goes on from,
 * and of two who go on from the same one the second is refused. The rows of a version are one file, so that reading needs no more than the newest
 * commit, and neither reading nor writing starts a job of Spark. People may look at it by SQL, and change it.
 *
 * <p>Thread-safe. Every failure is of kind EXTERNAL.
 */
public final class SmallDeltaTable {

    private static final Logger LOG = LoggerFactory.getLogger(SmallDeltaTable.class);

    /** Files of this many versions stay, for whoever reads one of them meanwhile. */
    private static final int VERSIONS_KEPT = 100;

    private static final int CHECKPOINTS = 100;

    private static final Map<String, String> PROPERTIES = Map.of(
            "delta.checkpointInterval", String.valueOf(CHECKPOINTS),
            "delta.enableDeletionVectors", "false",
            "delta.logRetentionDuration", "interval 1 day",
            "delta.deletedFileRetentionDuration", "interval 1 day",
            "delta.dataSkippingNumIndexedCols", "0");

    private final SparkSession session;
    private final String path;
    private final StructType columns;
    private final Map<String, String> properties;
    private volatile @Nullable Known known;

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

    /** Returns the newest version. Where one was read or written before, it goes on from there, however long the log is. */
    public Version read() {
        try {
            Known last = known;
            Optional<Version> newer = last == null ? Optional.empty() : after(last);
            return newer.isPresent() ? newer.get() : readNewest();
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            throw failure("read", failed);
        }
    }

    /**
     * A version that was read or written here.
     *
     * @param commit tells it from the commit of the same number of a table that was made anew
     * @param plain whether the next version can be written without a transaction
     */
    private record Known(Version version, FileStatus commit, boolean plain) {

        boolean isStill(FileStatus now) {
            return now.getModificationTime() == commit.getModificationTime() && now.getLen() == commit.getLen();
        }
    }

    /** Returns the newest version, found by looking for the commits after one that is known; empty where that does not tell. */
    private Optional<Version> after(Known last) throws IOException {
        OneFileCommits commits = commits();
        if (commits.find(last.version().number()).filter(last::isStill).isEmpty()) {
            return Optional.empty();
        }
        long newest = last.version().number();
        Optional<AddFile> file = Optional.empty();
        while (commits.exists(newest + 1)) {
            newest++;
            file = commits.whole(newest);
            if (file.isEmpty() || newest > last.version().number() + VERSIONS_KEPT) {
                return Optional.empty(); // somebody may have changed more than the rows; or Delta finds it sooner
            }
        }
        return Optional.of(file.isPresent() ? read(newest, file.get(), last.plain()) : last.version());
    }

    private Version readNewest() throws IOException {
        Snapshot snapshot = snapshot();
        long number = snapshot.version();
        if (number < 0) {
            known = null;
            return Version.NONE;
        }
        boolean plain = OneFileCommits.asksForNoMore(snapshot);
        Optional<AddFile> file = commits().whole(number);
        return file.isPresent()
                ? read(number, file.get(), plain)
                : remember(
                        new Version(
                                number,
                                rows(number),
                                List.copyOf(snapshot.allFiles().collectAsList())),
                        plain);
    }

    private Version read(long number, AddFile file, boolean plain) throws IOException {
        List<Row> rows = SmallParquet.read(new Path(path, file.path()), columns, storage());
        return remember(new Version(number, rows, List.of(file)), plain);
    }

    private Version remember(Version version, boolean plain) throws IOException {
        known = commits()
                .find(version.number())
                .map(commit -> new Known(version, commit, plain))
                .orElse(null);
        return version;
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
            AddFile added = added(name, written);
            Known last = known;
            boolean plain = last != null && last.version().equals(before) && last.plain();
            boolean landed = commit(before, added, plain);
            if (landed) {
                landed(new Version(before.number() + 1, List.copyOf(rows), List.of(added)), plain);
            } else {
                file.getFileSystem(storage()).delete(file, false);
            }
            return landed;
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            throw failure("written", failed);
        }
    }

    /** What fails after the commit is no failure of it: the next read looks at the log, and VACUUM takes files that are left. */
    private void landed(Version version, boolean plain) {
        try {
            if (version.number() % CHECKPOINTS == 0 && plain) {
                commits().checkpoint();
            }
            remember(version, plain || OneFileCommits.asksForNoMore(snapshot()));
            forgetOld(version.number() - VERSIONS_KEPT);
        } catch (IOException | RuntimeException failed) {
            known = null;
            LOG.warn("the Delta table in {} was written, and not cleaned up", path, failed);
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

    private boolean commit(Version before, AddFile added, boolean plain) throws IOException {
        OneFileCommits commits = commits();
        if (before.number() < 0) {
            return commits.make(metadata(), added);
        }
        return plain
                ? commits.append(before.number(), before.files(), added)
                : commits.transact(before.number(), before.files(), added);
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

    /** Deletes the file that a version has added, which no version names that anybody reads. */
    private void forgetOld(long version) throws IOException {
        if (version < 1) {
            return;
        }
        FileSystem files = new Path(path).getFileSystem(storage());
        for (JsonNode old : commits().added(version)) {
            files.delete(new Path(path, old.path("path").asText()), false);
        }
    }

    private OneFileCommits commits() throws IOException {
        return OneFileCommits.of(log());
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
