package io.millrace.cli;

import io.millrace.spark.SessionFactory;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Where commands get their session from. All commands of a process share one. */
@FunctionalInterface
interface SessionSource {

    /** Opens a session, or returns the open one. */
    SparkSession open(String master, Map<String, String> settings);

    /** A session of this process, whose log goes to a file; under spark-submit the cluster's settings say where the log goes. */
    static SessionSource ofProcess(LogFile log) {
        return (master, settings) -> {
            if (!SparkOptions.submitted()) {
                SparkLog.writeTo(log.path());
            }
            return SessionFactory.create(master, settings);
        };
    }
}
