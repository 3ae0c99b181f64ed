package io.millrace.cli.internal.command;

import io.millrace.internal.spark.session.SessionFactory;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Where commands get their session from. All commands of a process share one. */
@FunctionalInterface
public interface SessionSource {

    /** Opens a session, or returns the open one. */
    SparkSession open(String master, Map<String, String> settings);

    /** A session of this process. */
    static SessionSource ofProcess() {
        return SessionFactory::create;
    }
}
