package io.millrace.spark;

import org.apache.spark.sql.SparkSession;

/** Sessions beside a session. */
public final class Sessions {

    private Sessions() {}

    /**
     * Returns a session that begins as a copy: the same catalog, and its own settings, temporary views and functions, which are those of the
     * given one until they are changed.
     */
    public static SparkSession beside(SparkSession session) {
        return ((org.apache.spark.sql.classic.SparkSession) session).cloneSession();
    }
}
