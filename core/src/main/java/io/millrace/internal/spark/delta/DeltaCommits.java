package io.millrace.internal.spark.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.config.MillraceException;
import io.millrace.internal.spark.ScalaCollections;
import io.millrace.internal.spark.Sessions;
import io.millrace.spi.BatchId;
import io.millrace.spi.ComputedColumns;
import io.millrace.spi.OutputId;
import io.millrace.spi.SparkErrors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaLog$;
import org.apache.spark.sql.delta.DeltaTableUtils$;
import org.apache.spark.sql.delta.Snapshot;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a Delta table remembers of the batches that were committed to it.
 *
 * <p>Every commit of ours carries the batch's query id and number as Delta's transaction identifiers, so Delta itself skips a batch it already
 * holds, and the whole {@link BatchId} as user metadata, so the version it made can be found. The numbers of one query must come in ascending
 * order: a number below one that is committed counts as committed. Delta keeps one number for each query, for ever unless the table's property
 * {@code delta.setTransactionRetentionDuration} says otherwise; it must then be longer than any stream stands still.
 *
 * <p>Each method looks at the table's newest version. Safe for use by several threads.
 */
public final class DeltaCommits {

    private static final String ARTIFACT = "io.delta:delta-spark_4.1_2.13";
    private static final int LOOK_BACK = 1_000;

    private final String name;
    private final Supplier<DeltaLog> log;
    private final Supplier<Option<CatalogTable>> table;

    private DeltaCommits(String name, Supplier<DeltaLog> log, Supplier<Option<CatalogTable>> table) {
        this.name = name;
        this.log = log;
        this.table = table;
    }

    /**
     * A table of the session's catalog.
     *
     * @param table its name, with database and catalog where needed, quoted as in SQL; or {@code delta.`path`}
     * @throws MillraceException of kind PLUGIN where Delta is not on the class path
     */
    public static DeltaCommits ofTable(SparkSession session, String table) {
        requireDelta(table);
        return new DeltaCommits(
                table,
                () -> DeltaLog$.MODULE$.forTable(session, identifier(table)),
                () -> inCatalog(session, identifier(table)));
    }

    /**
     * A table in a folder.
     *
     * @param storage settings and credentials for that folder only, such as {@code fs.s3a.access.key}; may be empty
     * @throws MillraceException of kind PLUGIN where Delta is not on the class path
     */
    public static DeltaCommits atPath(SparkSession session, String path, Map<String, String> storage) {
        requireDelta(path);
        scala.collection.immutable.Map<String, String> options = ScalaCollections.map(storage);
        return new DeltaCommits(
                path, () -> DeltaLog$.MODULE$.forTable(session, new Path(path), options), Option::empty);
    }

    /** Returns whether the catalog has that table and its provider is Delta; false where Delta is not on the class path. */
    public static boolean isDelta(SparkSession session, String table) {
        return present() && DeltaTableUtils$.MODULE$.isDeltaTable(session, identifier(table));
    }

    /**
     * Asks for Delta on the class path.
     *
     * @param wanted the table that needs it, for the message
     * @throws MillraceException of kind PLUGIN where it is absent; names the artifact
     */
    public static void requireDelta(String wanted) {
        if (!present()) {
            throw MillraceException.plugin(
                    wanted + " is a Delta table, and Delta is not on the class path; add " + ARTIFACT, null);
        }
    }

    /** Returns the options of a {@code DataFrameWriter} that make its commit this batch's, and a second one impossible. */
    static Map<String, String> options(BatchId batch) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("txnAppId", batch.queryId());
        options.put("txnVersion", Long.toString(batch.number()));
        options.put("userMetadata", batch.toString());
        return options;
    }

    /**
     * Returns a session in which the next DML command (MERGE, UPDATE, DELETE: they take no options) is this batch's. It shares the catalog and
     * the settings of the given one, not its temporary views. For one command only: a second one would count as done.
     */
    public static SparkSession sessionFor(SparkSession session, BatchId batch) {
        SparkSession own = Sessions.beside(session);
        own.conf().set("spark.databricks.delta.write.txnAppId", batch.queryId());
        own.conf().set("spark.databricks.delta.write.txnVersion", batch.number());
        own.conf().set("spark.databricks.delta.commitInfo.userMetadata", batch.toString());
        return own;
    }

    /** Returns the table's folder, as Hadoop's file systems name it. */
    public String folder() {
        return log.get().dataPath().toString();
    }

    /** Returns whether the table is there, with at least one version. */
    public boolean tableExists() {
        return snapshot().version() >= 0;
    }

    /** Returns the table's newest version; -1 where it does not exist. */
    public long version() {
        return snapshot().version();
    }

    /**
     * Returns its versions; empty where there is no table.
     *
     * @param words what messages call the table
     */
    public Optional<DeltaVersions> versions(String words) {
        try {
            Snapshot newest = snapshot();
            return newest.version() < 0 ? Optional.empty() : Optional.of(new DeltaVersions(log.get(), words, newest));
        } catch (RuntimeException damaged) {
            throw SparkErrors.of("the log of " + words + " cannot be read", damaged);
        }
    }

    /** Returns the columns by which the table is partitioned. */
    public List<String> partitionColumns() {
        return List.copyOf(CollectionConverters.asJava(snapshot().metadata().partitionColumns()));
    }

    /** Returns the columns whose values the table makes by itself; none where it does not exist. */
    public ComputedColumns computedColumns() {
        return DeltaComputedColumns.of(snapshot());
    }

    /** Returns whether the table holds this batch, or a later one of the same query. */
    public boolean committed(BatchId batch) {
        OptionalLong last = lastNumber(batch.queryId());
        return last.isPresent() && last.getAsLong() >= batch.number();
    }

    /** Returns the number of the last batch of a query that the table holds. */
    public OptionalLong lastNumber(String queryId) {
        return transactions().entrySet().stream()
                .filter(transaction -> transaction.getKey().equals(queryId))
                .mapToLong(Map.Entry::getValue)
                .findFirst();
    }

    /** Returns the requests of an output that have commits in the table, each with the number of its last batch. */
    public Map<String, Long> lastBatches(OutputId output) {
        String prefix = output + "#";
        Map<String, Long> last = new TreeMap<>();
        transactions().forEach((queryId, number) -> {
            if (queryId.startsWith(prefix)) {
                last.put(queryId.substring(prefix.length()), number);
            }
        });
        return last;
    }

    /** Returns the commit of a batch; empty where there is none among the newest thousand versions, or the log is cleaned that far. */
    public Optional<DeltaCommit> find(BatchId batch) {
        long newest = version();
        long oldest = Math.max(0, newest - LOOK_BACK + 1);
        try {
            DeltaLogFiles files = DeltaLogFiles.of(log.get());
            for (long version = newest; version >= oldest; version--) {
                JsonNode info = files.info(version);
                if (info.path("userMetadata").asText().equals(batch.toString())) {
                    Map<String, String> metrics = new HashMap<>();
                    info.path("operationMetrics")
                            .properties()
                            .forEach(metric -> metrics.put(
                                    metric.getKey(), metric.getValue().asText()));
                    return Optional.of(
                            new DeltaCommit(version, info.path("operation").asText(), metrics));
                }
            }
        } catch (FileNotFoundException cleaned) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
        return Optional.empty();
    }

    /** Returns rows of a batch that are to be written. */
    DeltaBatch batch(BatchId batch, Dataset<Row> rows) {
        return new DeltaBatch(log.get(), table.get(), batch, rows);
    }

    private Map<String, Long> transactions() {
        try {
            return DeltaTransactions.of(log.get(), snapshot());
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private MillraceException unreadable(IOException cause) {
        return MillraceException.external("the Delta log of " + name + " cannot be read: " + cause, cause);
    }

    private Snapshot snapshot() {
        return newest(log);
    }

    /** Lists the log once: where Delta meets the table for the first time, it lists it by itself. */
    static Snapshot newest(Supplier<DeltaLog> log) {
        long asked = System.currentTimeMillis();
        return log.get().update(false, Option.apply(asked), Option.empty());
    }

    private static Option<CatalogTable> inCatalog(SparkSession session, TableIdentifier table) {
        try {
            return Option.apply(session.sessionState().catalog().getTableMetadata(table));
        } catch (AnalysisException absent) { // such as delta.`path`, which needs no catalog
            return Option.empty();
        }
    }

    private static TableIdentifier identifier(String table) {
        scala.collection.immutable.Seq<String> parts = CatalystSqlParser$.MODULE$.parseMultipartIdentifier(table);
        return switch (parts.length()) {
            case 1 -> TableIdentifier.apply(parts.apply(0));
            case 2 -> TableIdentifier.apply(parts.apply(1), Option.apply(parts.apply(0)));
            default ->
                TableIdentifier.apply(parts.apply(2), Option.apply(parts.apply(1)), Option.apply(parts.apply(0)));
        };
    }

    public static boolean present() {
        try {
            Class.forName("io.delta.tables.DeltaTable", false, DeltaCommits.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
