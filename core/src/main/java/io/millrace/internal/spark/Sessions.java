package io.millrace.internal.spark;

import java.nio.file.Files;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** What is known of a session, and sessions beside it. */
public final class Sessions {

    private static final String EXCLUDED_RULES = "spark.sql.adaptive.optimizer.excludedRules";
    private static final String EMPTY_INPUTS = "org.apache.spark.sql.execution.adaptive.AQEPropagateEmptyRelation";
    private static final String OWN_CLASSES = "spark.sql.artifact.isolation.enabled";

    private Sessions() {}

    /**
     * Returns a session that begins as a copy: the same catalog, and its own settings, temporary views and functions, which are those of the
     * given one until they are changed.
     *
     * <p>Executors keep a class loader for each session that may have classes of its own, so that they compile a query's code anew for each, and
     * run it cold. The copy does without, unless the given session has such classes. Spark asks for the setting while it makes a session.
     */
    public static SparkSession beside(SparkSession session) {
        org.apache.spark.sql.classic.SparkSession copy = clone(session);
        if (!copy.conf().get(OWN_CLASSES, "true").equals("true")
                || Files.exists(copy.artifactManager().artifactPath())) {
            return copy;
        }
        copy.conf().set(OWN_CLASSES, false);
        return clone(copy);
    }

    private static org.apache.spark.sql.classic.SparkSession clone(SparkSession session) {
        return ((org.apache.spark.sql.classic.SparkSession) session).cloneSession();
    }

    /**
     * Returns a session {@link #beside} in which the inputs of a query are read whole. Spark would leave one unread, or stop reading it, where
     * another one turns out to be empty while the query runs; then its records that cannot be decoded would vanish.
     */
    public static SparkSession readingWhole(SparkSession session) {
        SparkSession own = beside(session);
        String others = own.conf().get(EXCLUDED_RULES, "");
        own.conf().set(EXCLUDED_RULES, others.isEmpty() ? EMPTY_INPUTS : others + "," + EMPTY_INPUTS);
        return own;
    }

    /** Returns a session {@link #beside} in which settings hold, as far as they are not set in the given one; that one where there are none. */
    public static SparkSession withDefaults(SparkSession session, Map<String, String> settings) {
        if (settings.isEmpty()) {
            return session;
        }
        SparkSession own = beside(session);
        scala.collection.immutable.Map<String, String> set = session.conf().getAll();
        settings.forEach((name, setting) -> {
            if (!set.contains(name)) {
                own.conf().set(name, setting);
            }
        });
        return own;
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
