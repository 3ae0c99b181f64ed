package io.millrace.cli.internal.command;

import io.millrace.config.MillraceException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Spark a command uses. */
public final class SparkOptions {

    @Option(
            names = "--spark-master",
            paramLabel = "MASTER",
            description = "local[N], spark://HOST:PORT, or any other master through the spark-submit of SPARK_HOME;"
                    + " without it, this machine.")
    private @Nullable String master;

    @Option(
            names = "--metastore",
            paramLabel = "PLACE",
            description = "A Hive metastore that remembers tables: a folder, which one command at a time can have,"
                    + " or thrift://HOST:PORT; without it, tables are forgotten when the command ends.")
    private @Nullable String metastore;

    @Option(names = "--spark-conf", paramLabel = "KEY=VALUE", description = "A setting of Spark; may be repeated.")
    private final Map<String, String> settings = new LinkedHashMap<>();

    private static final String JARS = "spark.jars";

    /** Opens the session; executors on other machines get the classes that a Spark distribution does not have. */
    public SparkSession open(SessionSource sessions) {
        return open(sessions, Map.of());
    }

    /** Opens the session with settings that a command wants, unless the user says otherwise. */
    public SparkSession open(SessionSource sessions, Map<String, String> wanted) {
        String where = master();
        boolean local = where.equals("local") || where.startsWith("local[");
        if (!local && !where.startsWith("spark://") && !submitted()) {
            throw MillraceException.user(
                    "--spark-master " + where
                            + " is a matter of spark-submit; set SPARK_HOME and use the launcher, or give io.millrace.cli.Main to spark-submit");
        }
        Map<String, String> all = new LinkedHashMap<>(wanted);
        if (local) {
            all.putAll(forThisMachine());
        }
        if (metastore != null) {
            all.putAll(new MetastorePlace(metastore).settings());
        }
        all.putAll(settings);
        if (!local && !submitted()) {
            all.put(
                    JARS,
                    ShippedJars.setting(
                            ShippedJars.of(System.getProperty("java.class.path")), settings.getOrDefault(JARS, "")));
        }
        return sessions.open(where, all);
    }

    /** Returns whether this process was started by spark-submit. */
    static boolean submitted() {
        return System.getProperty("SPARK_SUBMIT") != null;
    }

    private String master() {
        return master != null ? master : System.getProperty("spark.master", "local[*]");
    }

    /** A machine whose name cannot be resolved is no hindrance, and small data should not be cut into 200 parts. */
    private static Map<String, String> forThisMachine() {
        int processors = Runtime.getRuntime().availableProcessors();
        return Map.of(
                "spark.driver.host", "localhost",
                "spark.driver.bindAddress", "127.0.0.1",
                "spark.sql.shuffle.partitions", String.valueOf(Math.max(4, processors)),
                "spark.sql.sources.parallelPartitionDiscovery.parallelism", String.valueOf(4 * processors),
                "spark.databricks.delta.snapshotPartitions", "2");
    }
}
