package io.millrace.internal.spark;

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
}
