package io.millrace.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** What is known of a session, and sessions beside it. */
public final class Sessions {

    private Sessions() {}

    /**
     * Returns a session that begins as a copy: the same catalog, and its own settings, temporary views and functions, which are those of the
     * given one until they are changed.
     */
    public static SparkSession beside(SparkSession session) {
        return ((org.apache.spark.sql.classic.SparkSession) session).cloneSession();
    }

    /** Returns the settings of storage that Spark itself uses for reads and writes of a session: the context's, and the session's own. A copy. */
    public static Configuration storage(SparkSession session) {
        return session.sessionState().newHadoopConf();
    }

    /** Lets a session see what others have written into the tables it has looked at: it lists their files anew. */
    public static void forgetTables(SparkSession session) {
        ((org.apache.spark.sql.classic.SparkSession) session)
                .sessionState()
                .catalog()
                .invalidateAllCachedTables();
    }
}
