package io.millrace.spark;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Makes sessions for programs that have none: the command line, examples. */
public final class SessionFactory {

    private SessionFactory() {}

    /**
     * Makes, or returns, the session of this process. Delta's extension and catalog are set where Delta is on the class path.
     *
     * @param master Spark's master URL, such as {@code local[*]}
     * @param settings further settings of Spark; they win over ours
     */
    public static SparkSession create(String master, Map<String, String> settings) {
        SparkSession.Builder builder = SparkSession.builder()
                .master(master)
                .appName("millrace")
                .config("spark.ui.enabled", "false")
                .config("spark.ui.showConsoleProgress", "false")
                .config("spark.sql.session.timeZone", "UTC");
        if (DeltaCommits.present()) {
            builder.config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                    .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        }
        settings.forEach(builder::config);
        return builder.getOrCreate();
    }
}
