package io.millrace.internal.ledger;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import io.millrace.internal.ledger.Work.Kind;
import io.millrace.internal.spark.DeltaCommits;
import io.millrace.internal.spark.Sessions;
import io.millrace.internal.state.StateFolder;
import io.millrace.spi.SparkErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in a Delta table, a row for each entry, for work that many processes share out among themselves, and for storage where a rename
 * overwrites: whoever writes a version writes a transaction of Delta, which refuses the second one of a number. A commit takes about a second, some
 * hundred times as long as with {@link FileLedgerStore}. People may look at the table by SQL.
 */
public final class DeltaLedgerStore implements LedgerStore {

    private static final String TRANSACTION = "millrace-ledger";
    private static final int LOOK_BACK = 20;
    private static final StructType ROW = StructType.fromDDL(
            "place INT, id STRING, kind STRING, subject STRING,"
                    + " sequence BIGINT, attempt INT, started TIMESTAMP, finished TIMESTAMP, failure STRING, writing BOOLEAN,"
                    + " owner STRUCT<host: STRING, process: BIGINT, started: BIGINT, token: STRING>, notes MAP<STRING, STRING>");

    private final SparkSession session;
    private final String path;
    private final OwnerBeats beats;

    /**
     * The ledger in a folder, which is a Delta table of its own.
     *
     * @throws io.millrace.config.MillraceException of kind PLUGIN where Delta is not on the class path
     */
    public DeltaLedgerStore(SparkSession session, String path) {
        this.session = Sessions.beside(session);
        this.session.conf().set("spark.sql.datetime.java8API.enabled", true);
        this.path = path;
        StateFolder folder = new StateFolder(session, path);
        this.beats = new OwnerBeats(folder, new Path(path, "_owners"), "ledger");
        DeltaCommits.requireDelta(path);
    }

    @Override
    public LedgerVersion read() {
        try {
            DeltaCommits commits = DeltaCommits.atPath(session, path, Map.of());
            if (!commits.tableExists()) {
                return LedgerVersion.NONE;
            }
            long before = commits.lastNumber(TRANSACTION).orElse(0);
            List<Row> rows = new ArrayList<>(session.read()
                    .format("delta")
                    .option("versionAsOf", commits.version())
                    .load(path)
                    .collectAsList());
            rows.sort(Comparator.comparingInt(row -> row.<Integer>getAs("place")));
            List<LedgerEntry> entries =
                    rows.stream().map(DeltaLedgerStore::entry).toList();
            long sequence =
                    entries.stream().mapToLong(LedgerEntry::sequence).max().orElse(0);
            return new LedgerVersion(before, sequence, List.of(), entries);
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            throw SparkErrors.of("the ledger at " + path + " cannot be read", failed);
        }
    }

    /** Delta skips a transaction whose number it holds, without a word: the commit tells who wrote it. */
    @Override
    public boolean write(LedgerVersion next) {
        String mine = UUID.randomUUID().toString();
        List<Row> rows = new ArrayList<>();
        for (LedgerEntry entry : next.entries()) {
            rows.add(row(rows.size(), entry));
        }
        try {
            session.createDataFrame(rows, ROW)
                    .coalesce(1)
                    .write()
                    .format("delta")
                    .mode(SaveMode.Overwrite)
                    .option("txnAppId", TRANSACTION)
                    .option("txnVersion", next.number())
                    .option("userMetadata", mine)
                    .save(path);
            return DeltaTable.forPath(session, path).history(LOOK_BACK).select("userMetadata").collectAsList().stream()
                    .anyMatch(commit -> mine.equals(commit.getString(0)));
        } catch (DeltaConcurrentModificationException others) {
            return false;
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            throw SparkErrors.of("the ledger at " + path + " cannot be written", failed);
        }
    }

    @Override
    public void beat(Owner owner) {
        beats.beat(owner);
    }

    @Override
    public void stopBeating(Owner owner) {
        beats.stop(owner);
    }

    @Override
    public Optional<Duration> sinceLastBeat(Owner owner) {
        return beats.sinceLast(owner);
    }

    private static Row row(int place, LedgerEntry entry) {
        Owner owner = entry.owner();
        return RowFactory.create(
                place,
                entry.id(),
                entry.work().kind().name(),
                entry.work().subject(),
                entry.sequence(),
                entry.attempt(),
                entry.started(),
                entry.finished(),
                entry.failure(),
                entry.writing(),
                owner == null ? null : RowFactory.create(owner.host(), owner.process(), owner.started(), owner.token()),
                entry.notes());
    }

    private static LedgerEntry entry(Row row) {
        return new LedgerEntry(
                row.getAs("id"),
                new Work(Kind.valueOf(row.getAs("kind")), row.getAs("subject")),
                row.<Long>getAs("sequence"),
                row.<Integer>getAs("attempt"),
                row.getAs("started"),
                row.getAs("finished"),
                row.getAs("failure"),
                owner(row.getAs("owner")),
                row.<Boolean>getAs("writing"),
                row.getJavaMap(row.fieldIndex("notes")));
    }

    private static @Nullable Owner owner(@Nullable Row row) {
        return row == null
                ? null
                : new Owner(
                        row.getAs("host"), row.<Long>getAs("process"), row.<Long>getAs("started"), row.getAs("token"));
    }
}
