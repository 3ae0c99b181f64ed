package io.millrace.internal.spark.session;

import io.millrace.internal.spark.Sessions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** What runs beside other things in one Spark application. */
public final class SharedApplication {

    private static final String POOL = "spark.scheduler.pool";

    private SharedApplication() {}

    /**
     * Does something under a name of its own: Spark shares its cores fairly between it and what runs under other names, where {@code
     * spark.scheduler.mode} is {@code FAIR}, and shows its jobs as a group. What it has written is seen by whoever reads after it.
     *
     * @param pool the name of its share of the cores, of which {@code spark.scheduler.allocation.file} may say more
     * @param group the name of its jobs, such as {@code millrace/orders/2024-01-03}
     */
    public static <T> T as(SparkSession session, String pool, String group, Supplier<T> work) {
        SparkContext context = session.sparkContext();
        context.setLocalProperty(POOL, pool);
        context.setJobGroup(group, group.replaceFirst("^millrace/", ""), false);
        try {
            return work.get();
        } finally {
            Sessions.forgetTables(session);
            context.clearJobGroup();
            context.setLocalProperty(POOL, null);
        }
    }

    /** Waits until all that threads are at has ended; an interruption ends the wait, and is kept. */
    public static void awaitEnd(ExecutorService threads) {
        try {
            boolean ended = threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            assert ended : "what runs ends some day";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
