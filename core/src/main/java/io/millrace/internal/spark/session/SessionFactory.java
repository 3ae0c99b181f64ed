package io.millrace.internal.spark.session;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.delta.DeltaCommits;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** Makes sessions for programs that have none: the command line, examples. */
public final class SessionFactory {

    /** What makes Delta's and Iceberg's own statements known to SQL, such as OPTIMIZE and ALTER TABLE … ADD PARTITION FIELD. */
    private static final List<String> EXTENSIONS = List.of(
            "io.delta.sql.DeltaSparkSessionExtension",
            "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");

    private SessionFactory() {}

    /**
     * Makes, or returns, the session of this process. Delta's catalog is set where Delta is on the class path, and its extension of SQL and
     * Iceberg's where they are. A session that is to have a Hive metastore has opened it.
     *
     * @param master Spark's master URL, such as {@code local[*]}
     * @param settings further settings of Spark; they win over ours
     * @throws MillraceException of kind USER where Hive is asked for and not on the class path, EXTERNAL where its metastore cannot be used
     */
    public static SparkSession create(String master, Map<String, String> settings) {
        Metastore.requireClasses(settings);
        SparkSession.Builder builder = SparkSession.builder()
                .master(master)
                .appName("millrace")
                .config("spark.ui.enabled", "false")
                .config("spark.ui.showConsoleProgress", "false")
                .config("spark.sql.session.timeZone", "UTC");
        if (DeltaCommits.present()) {
            builder.config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        }
        String extensions = EXTENSIONS.stream().filter(SessionFactory::present).collect(Collectors.joining(","));
        if (!extensions.isEmpty()) {
            builder.config("spark.sql.extensions", extensions);
        }
        settings.forEach(builder::config);
        SparkSession session = builder.getOrCreate();
        Metastore.open(session);
        return session;
    }

    private static boolean present(String extension) {
        String file = extension.replace('.', '/') + ".class";
        return SessionFactory.class.getClassLoader().getResource(file) != null;
    }
}
