package io.millrace.iceberg;

import io.millrace.config.HoconReader;
import io.millrace.config.Problems;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.internal.spark.ActiveSession;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.ReadContext;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.spi.Slice;
import io.millrace.spi.StreamingSource;
import io.millrace.spi.SupportsCompaction;
import io.millrace.spi.SupportsTableActions;
import io.millrace.testkit.TestModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A warehouse in a folder, with its embedded catalog under a name that no other test of the JVM has. */
public final class Lake {

    private final SparkSession session;
    private final String name;
    private final String settings;
    private final AtomicInteger tables = new AtomicInteger();

    public Lake(SparkSession session, Path folder) {
        this(session, folder, "lake_" + Integer.toUnsignedString(folder.hashCode()));
    }

    public Lake(SparkSession session, Path folder, String name) {
        this(session, name, "warehouse = \"" + folder + "\"");
    }

    /** A lake with a catalog of its own kind. */
    public Lake(SparkSession session, String name, String catalog) {
        this.session = session;
        this.name = name;
        this.settings = "plugin.iceberg.catalogs." + name + " { " + catalog + " }";
    }

    public String name() {
        return name;
    }

    String settings() {
        return settings;
    }

    /** Returns the name of a table that is not there yet. */
    public String newTable() {
        return name + ".raw.t" + tables.incrementAndGet();
    }

    /** Returns a model of a table, with further settings. */
    public TestModel model(String table, String more) {
        return TestModel.of("table = " + table + "\n" + more).configuredBy(settings);
    }

    /** Returns the model that a sink of the product writes by. */
    public static IcebergModel model(Sink sink) {
        return ((IcebergSink) sink).model();
    }

    public Sink sink(String table, String more) {
        return model(table, more).sink(new IcebergPlugin(), RunMode.BATCH);
    }

    StreamingSource source(String table, String more) {
        return (StreamingSource) model(table, more).source(new IcebergPlugin());
    }

    /** Reads a table as an input. */
    public Dataset<Row> read(String table, String more) {
        return read(session, table, more);
    }

    public Dataset<Row> read(SparkSession reader, String table, String more) {
        return source(table, more).read(new ReadContext(reader, Slice.ALL));
    }

    public CompactionResult compact(String table) {
        return compact(table, CompactionRequest.all());
    }

    public CompactionResult compact(String table, CompactionRequest request) {
        return ((SupportsCompaction) sink(table, "")).compact(session, request);
    }

    /** Acts on the table of a sink, as a job does when its pipegraph is through. */
    public Map<String, Object> act(Sink sink, String action, String options) {
        Problems problems = new Problems();
        return ((SupportsTableActions) sink)
                .tableAction(action, HoconReader.parse("test.conf", options).root(problems))
                .orElseThrow(() -> new AssertionError(problems.asList().toString()))
                .run(session);
    }

    /** Makes a table by SQL. */
    public void create(String table, String columns) {
        register();
        session.sql("CREATE TABLE " + table + " (" + columns + ") USING iceberg");
    }

    public Dataset<Row> rows(String table) {
        register();
        return session.table(table);
    }

    public Table table(String table) {
        register();
        TableIdentifier identifier = TableIdentifier.parse(table.substring(name.length() + 1));
        try {
            return ActiveSession.in(
                    session, () -> Spark3Util.loadIcebergCatalog(session, name).loadTable(identifier));
        } catch (Exception failed) {
            throw new AssertionError("cannot load " + table, failed);
        }
    }

    public void register() {
        new IcebergTables().registerTables(HoconReader.parse("settings.conf", settings), session);
    }
}
