package io.millrace.internal.spark;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * Spark looks for the settings of a query, such as ANSI mode, and of a catalog, and Iceberg for everything, in the session that is active on the
 * thread.
 */
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

    /** The same for what throws nothing that would have to be declared. */
    public static <T> T supply(SparkSession session, Supplier<T> call) {
        return ((org.apache.spark.sql.classic.SparkSession) session).withActive(call::get);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // thrown as it is
    private static <E extends Exception> E as(Exception thrown) throws E {
        throw (E) thrown;
    }
}
