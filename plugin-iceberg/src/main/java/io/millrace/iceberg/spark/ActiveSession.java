package io.millrace.iceberg.spark;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;

/** Spark looks for the settings of a catalog, and Iceberg for everything, in the session that is active on the thread. */
public final class ActiveSession {

    private ActiveSession() {}

    /**
     * Calls something on this thread with a session as the active one.
     *
     * @throws Exception what the call throws; Spark throws checked exceptions that it does not declare
     */
    public static <T> T in(SparkSession session, Callable<T> call) throws Exception {
        return ((org.apache.spark.sql.classic.SparkSession) session).withActive(() -> {
            try {
                return call.call();
            } catch (Exception thrown) {
                throw ActiveSession.<RuntimeException>as(thrown);
            }
        });
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // thrown as it is
    private static <E extends Exception> E as(Exception thrown) throws E {
        throw (E) thrown;
    }
}
