package io.millrace.internal.spark.session;

import io.millrace.config.MillraceException;
import io.millrace.spi.SparkErrors;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * The Hive metastore of a session that has one. Where nothing else is set it is a database of Derby, which one process at a time can open, and
 * which Hive, told that another one has it, asks again and again for half a minute.
 */
public final class Metastore {

    private static final String CATALOG = "spark.sql.catalogImplementation";
    private static final String HIVE = "hive";
    private static final String HIVE_SESSIONS = "org.apache.spark.sql.hive.HiveSessionStateBuilder";
    private static final String DERBY = "jdbc:derby:";
    private static final String DERBY_SERVER = "jdbc:derby://";
    private static final String DERBY_DRIVER = "org.apache.derby.jdbc.EmbeddedDriver";
    private static final String DERBY_DEFAULT = "jdbc:derby:;databaseName=metastore_db;create=true";
    private static final String IN_MEMORY = "in-memory";
    private static final String IN_USE = "XSDB6";
    private static final ClassLoader OF_SPARK = SparkSession.class.getClassLoader();

    private Metastore() {}

    /**
     * Opens the metastore of a session, so that one that cannot be used is noticed before anything is read or written. Does nothing for a session
     * without one. May be called again.
     *
     * @throws MillraceException of kind EXTERNAL where it cannot be opened
     */
    public static void open(SparkSession session) {
        if (!session.conf().get(CATALOG, IN_MEMORY).equals(HIVE)) {
            return;
        }
        Place place = place(session);
        if (inUse(session, place)) {
            throw MillraceException.external(
                    place
                            + " is in use by another process: one at a time can have it. Wait until that one has ended, or use a metastore of"
                            + " your own, or a metastore server, which many can use at once (hive.metastore.uris)",
                    null);
        }
        try {
            boolean there = session.catalog().databaseExists("default");
            assert there : "Spark makes it where it is missing";
        } catch (Exception failed) { // an AnalysisException, which Spark does not declare
            throw MillraceException.external(place + " cannot be used: " + firstLine(SparkErrors.root(failed)), failed);
        }
    }

    /**
     * Sees to it that settings ask for nothing that is not there.
     *
     * @throws MillraceException of kind USER where they ask for Hive, and its classes are not on the class path
     */
    static void requireClasses(Map<String, String> settings) {
        if (HIVE.equals(settings.get(CATALOG))
                && loaderOf(HIVE_SESSIONS, Thread.currentThread().getContextClassLoader())
                        .isEmpty()) {
            throw MillraceException.user(
                    "a Hive metastore is asked for (" + CATALOG
                            + " = hive), and Hive is not on the class path; add the dependency org.apache.spark:spark-hive_2.13 in Spark's version");
        }
    }

    /** Hive puts whole stack traces into messages. */
    static String firstLine(String message) {
        return message.lines().findFirst().orElse(message);
    }

    private static Place place(SparkSession session) {
        Configuration settings = session.sparkContext().hadoopConfiguration();
        String servers = settings.get("hive.metastore.uris", "");
        return servers.isBlank()
                ? new Place(settings.get("javax.jdo.option.ConnectionURL", DERBY_DEFAULT))
                : new Place(servers);
    }

    /**
     * Asks Derby, which answers at once. Only where Hive is to find the same Derby: a second one in this process would keep Hive out. What else may
     * be wrong with the database Hive says, which has its password.
     */
    private static boolean inUse(SparkSession session, Place place) {
        if (!place.derby()
                || !session.conf()
                        .get("spark.sql.hive.metastore.jars", "builtin")
                        .equals("builtin")
                || loaderOf(DERBY_DRIVER, OF_SPARK).filter(OF_SPARK::equals).isEmpty()) {
            return false;
        }
        try {
            DriverManager.getConnection(place.url()).close();
            return false;
        } catch (SQLException failed) {
            return StreamSupport.stream(failed.spliterator(), false)
                    .anyMatch(each -> each instanceof SQLException known && IN_USE.equals(known.getSQLState()));
        }
    }

    private static Optional<ClassLoader> loaderOf(String name, ClassLoader from) {
        try {
            return Optional.of(Class.forName(name, false, from).getClassLoader());
        } catch (ClassNotFoundException absent) {
            return Optional.empty();
        }
    }

    /** Where a metastore is: the URL of a database, or the addresses of servers. */
    private record Place(String url) {

        boolean derby() {
            return url.startsWith(DERBY) && !url.startsWith(DERBY_SERVER);
        }

        /** Without the attributes of the URL, which may hold a password. */
        @Override
        public String toString() {
            if (derby()) {
                return "the metastore "
                        + url.substring(DERBY.length())
                                .replaceFirst("^;databaseName=", "")
                                .replaceFirst(";.*", "") + " (Derby)";
            }
            return "the metastore " + url.replaceFirst("[;?].*", "");
        }
    }
}
